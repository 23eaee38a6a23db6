using System.CommandLine;
using System.Globalization;
using Terroir.Cli.Output;
using Terroir.Inference.Onnx.Catalogue;

namespace Terroir.Cli.Commands.Models;

/// <summary>Lists models, and shows one with its files.</summary>
internal static class ModelListCommand
{
    public static Command Create() => CommandLine.Create(
        "list",
        "Lists the models that were imported.",
        "terroir model list",
        async (parsed, _) =>
        {
            await using var site = CommandLine.Open(parsed);
            var cards = ModelArgument.Catalogue(site).List();
            var table = Terminal.CreateTable(
                "Models", "Id", "Kind", "Architecture", "Parameters", "Context", "Weights", "Size");
            foreach (var card in cards)
            {
                table.AddPlainRow(
                    card.Id,
                    Describe(card.Kind),
                    card.Architecture,
                    Write(card.Parameters),
                    Write(card.Context),
                    card.Quantisation.ToString(),
                    $"{Write(card.Files.Sum(file => file.SizeBytes) >> 20)} MiB");
            }

            CommandLine.Print(parsed, new { models = cards.Select(ModelResponse.From) }, [table]);
            return ExitCode.Done;
        });

    public static Command CreateShow()
    {
        var id = ModelArgument.Create();
        return CommandLine.Create(
            "show",
            "Shows a model's card: what it is, what it was made of, and the hash of each file.",
            "terroir model show qwen2.5-0.5b",
            async (parsed, _) =>
            {
                await using var site = CommandLine.Open(parsed);
                var card = ModelArgument.Catalogue(site).Find(parsed.GetValue(id)!);
                CommandLine.Print(parsed, ModelResponse.From(card), Describe(card));
                return ExitCode.Done;
            },
            id);
    }

    /// <summary>A model in lines.</summary>
    public static IEnumerable<string> Describe(ModelCard card)
    {
        yield return $"{card.Id}: {Describe(card.Kind)}, {card.Architecture}, {Write(card.Parameters)} parameters, "
            + $"context of {Write(card.Context)} tokens, weights {card.Quantisation}";
        yield return $"licence: {card.Licence ?? "not stated in the files"}";
        foreach (var file in card.Files)
        {
            yield return $"  {file.Sha256.Hex}  {file.Name}";
        }

        yield return "made of:";
        foreach (var file in card.Sources)
        {
            yield return $"  {file.Sha256.Hex}  {file.Name}";
        }
    }

    private static string Describe(ModelKind kind) => kind switch
    {
        ModelKind.Encoder => "encoder",
        ModelKind.Reranker => "reranker",
        _ => "language model",
    };

    private static string Write(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
