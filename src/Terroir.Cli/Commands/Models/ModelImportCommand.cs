using System.CommandLine;
using Terroir.Cli.Output;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Inference.Onnx.Quantisation;

namespace Terroir.Cli.Commands.Models;

/// <summary>Imports a model.</summary>
internal static class ModelImportCommand
{
    private static readonly Dictionary<string, WeightPrecision> Precisions = new(StringComparer.Ordinal)
    {
        ["auto"] = WeightPrecision.Automatic,
        ["f32"] = WeightPrecision.Full,
        ["8bit"] = WeightPrecision.EightBits,
        ["4bit"] = WeightPrecision.FourBits32,
        ["4bit-128"] = WeightPrecision.FourBits128,
    };

    public static Command Create()
    {
        var path = new Argument<string>("path")
        {
            Description = "A folder of safetensors (language model, encoder or reranker), a GGUF file, or a file of "
                + "llama2.c.",
        };
        var vocabulary = new Option<string?>("--tokenizer")
        {
            Description = "The vocabulary, if it does not lie with the weights: tokenizer.json or tokenizer.model.",
        };
        var precision = new Option<string>("--precision")
        {
            Description = "How the weights are stored: auto, f32, 8bit, 4bit or 4bit-128.",
            DefaultValueFactory = _ => "auto",
        };
        precision.AcceptOnlyFromAmong([.. Precisions.Keys]);
        return CommandLine.Create(
            "import",
            "Brings a model into the site from files alone; nothing is downloaded.",
            "terroir model import /media/usb/Qwen2.5-0.5B-Instruct --precision 4bit-128",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var importer = new ModelImporter(ModelArgument.Catalogue(site));
                var card = await Waiting.WithBarAsync(
                    "Importing",
                    tell => Task.FromResult(importer.Import(
                        parsed.GetValue(path)!,
                        parsed.GetValue(vocabulary),
                        Precisions[parsed.GetValue(precision)!],
                        new ModelProgressBar(tell),
                        stop)));
                await OperatorLog.RecordAsync(site, $"model import {card.Id}", stop);
                CommandLine.Print(parsed, ModelResponse.From(card),
                [
                    .. ModelListCommand.Describe(card),
                    card.Kind switch
                    {
                        ModelKind.Encoder => $"Next: write 'models: encoder: {card.Id}' into terroir.yaml.",
                        ModelKind.Reranker => $"Next: write 'models: reranker: {card.Id}' into terroir.yaml.",
                        _ => $"Next: terroir model run {card.Id} --prompt \"...\"{CommandLine.DataFlag(parsed)}",
                    },
                ]);
                return ExitCode.Done;
            },
            path,
            vocabulary,
            precision);
    }
}
