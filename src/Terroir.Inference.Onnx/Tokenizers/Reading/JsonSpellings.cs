using System.Text.Json;
using Terroir.Inference.Onnx.Tokenizers.Decoding;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>Reads the <c>decoder</c> of <c>tokenizer.json</c>.</summary>
internal static class JsonSpellings
{
    private const string LowerBlock = "\u2581";

    /// <summary>Makes the spelling.</summary>
    /// <param name="step">What the file says; nothing if it says nothing.</param>
    /// <exception cref="VocabularyFault">The decoder is not known.</exception>
    public static ITokenSpelling Read(JsonElement? step) => step?.Type() switch
    {
        null => new MarkedSpelling(LowerBlock, isFirstSpaceDropped: false),
        "ByteLevel" => new ByteLevelSpelling(),
        "WordPiece" => new WordSpelling("", step.Value.FindText("prefix") ?? "##"),
        "Metaspace" => ReadMetaspace(step.Value),
        "Sequence" => ReadSequence([.. step.Value.List("decoders")]),
        var type => throw VocabularyFault.Unsupported($"decoder {type}"),
    };

    private static MarkedSpelling ReadMetaspace(JsonElement step) => new(
        step.FindText("replacement") ?? LowerBlock,
        step.FindText("prepend_scheme") is { } scheme
            ? !string.Equals(scheme, "never", StringComparison.Ordinal)
            : step.Flag("add_prefix_space", true));

    // Llama 2, Mistral and Gemma: marks to spaces, bytes to characters, all as one text, the first space away.
    private static ITokenSpelling ReadSequence(JsonElement[] steps)
    {
        var mark = LowerBlock;
        var isStripped = false;
        foreach (var step in steps)
        {
            switch (step.Type())
            {
                case "Replace" when step.Find("pattern")?.FindText("String") is { } text
                    && string.Equals(step.Text("content"), " ", StringComparison.Ordinal):
                    mark = text;
                    break;
                case "Strip" when string.Equals(step.Text("content"), " ", StringComparison.Ordinal)
                    && step.Number("start") == 1 && step.Number("stop") is null or 0:
                    isStripped = true;
                    break;
                case "ByteFallback" or "Fuse":
                    break;
                case "Metaspace" or "ByteLevel" or "WordPiece" when steps.Length == 1:
                    return Read(step);
                case var type:
                    throw VocabularyFault.Unsupported($"decoder {type}");
            }
        }

        return new MarkedSpelling(mark, isStripped);
    }
}
