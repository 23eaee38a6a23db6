using System.CommandLine;
using System.Globalization;
using Terroir.Cli.Output;
using Terroir.Inference.Onnx.Catalogue;

namespace Terroir.Cli.Commands.Models;

/// <summary>Times a model.</summary>
internal static class ModelBenchCommand
{
    public static Command Create()
    {
        var id = ModelArgument.Create();
        return CommandLine.Create(
            "bench",
            "Times a model on one thread of this machine, by processor time.",
            "terroir model bench qwen2.5-0.5b",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var catalogue = ModelArgument.Catalogue(site);
                var card = catalogue.Find(parsed.GetValue(id)!);
                catalogue.VerifyCard(card);
                var folder = catalogue.FolderOf(card);
                if (card.Kind == ModelKind.Language)
                {
                    var result = await MeasureAsync(() => ModelBench.Run(card.Id, folder, stop));
                    CommandLine.Print(parsed, result, Describe(result));
                }
                else
                {
                    var result = await MeasureAsync(() => EncoderBench.Run(card.Id, folder, stop));
                    CommandLine.Print(parsed, result, Describe(result));
                }

                return ExitCode.Done;
            },
            id);
    }

    private static Task<T> MeasureAsync<T>(Func<T> run) =>
        Waiting.WithMarkAsync("Measuring", () => Task.FromResult(run()));

    private static IEnumerable<string> Describe(EncoderBenchResponse result)
    {
        var culture = CultureInfo.InvariantCulture;
        yield return string.Create(
            culture,
            $"questions: {result.QueriesPerCpuSecond:N1} per CPU-second ({result.QueryTokens} tokens)");
        yield return string.Create(
            culture,
            $"passages: {result.PassagesPerCpuSecond:N1} per CPU-second ({result.PassageTokens} tokens)");
        yield return string.Create(
            culture,
            $"memory: {result.PeakResidentBytes >> 20:N0} MiB at most, weights {result.WeightBytes >> 20:N0} MiB");
    }

    private static IEnumerable<string> Describe(ModelBenchResponse result)
    {
        var culture = CultureInfo.InvariantCulture;
        yield return string.Create(
            culture,
            $"prompt: {result.PromptTokensPerCpuSecond:N1} tokens per CPU-second ({result.PromptTokens} tokens)");
        yield return string.Create(
            culture,
            $"decode: {result.DecodeTokensPerCpuSecond:N1} tokens per CPU-second ({result.DecodeTokens} tokens)");
        yield return string.Create(
            culture,
            $"memory: {result.PeakResidentBytes >> 20:N0} MiB at most, weights {result.WeightBytes >> 20:N0} MiB");
        yield return string.Create(
            culture,
            $"stream: {result.StreamBytesPerCpuSecond / 1e9:N1} GB/s on one thread, of which decoding uses "
            + $"{result.ShareOfStream:P0}");
    }
}
