using System.Globalization;
using System.Text;
using System.Text.Json;
using Terroir.Inference.Onnx.Tokenizers.Normalization;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>Reads the <c>normalizer</c> of <c>tokenizer.json</c>.</summary>
internal static class JsonNormalizers
{
    /// <summary>Makes a normalizer.</summary>
    /// <param name="step">What the file says.</param>
    /// <param name="depth">How deep it lies in others.</param>
    /// <exception cref="VocabularyFault">A step is not known.</exception>
    public static INormalizer Read(JsonElement step, int depth = 0)
    {
        VocabularyFault.ThrowIfAbove(depth, TokenizerLimits.StepDepthMax, "normalizer");
        return step.Type() switch
        {
            "Sequence" => new NormalizerSequence(
                [.. step.List("normalizers").Select(inner => Read(inner, depth + 1))]),
            "NFC" => new UnicodeNormalizer(NormalizationForm.FormC),
            "NFD" => new UnicodeNormalizer(NormalizationForm.FormD),
            "NFKC" => new UnicodeNormalizer(NormalizationForm.FormKC),
            "NFKD" => new UnicodeNormalizer(NormalizationForm.FormKD),
            "Nmt" => new ControlNormalizer(),
            "Lowercase" => new LowercaseNormalizer(),
            "StripAccents" => new RuneFilter(rune => !IsMark(rune.Value)),
            "Strip" => new StripNormalizer(step.Flag("strip_left", true), step.Flag("strip_right", true)),
            "Prepend" => new PrependNormalizer(step.Text("prepend")),
            "Replace" => new ReplaceNormalizer(step.Pattern(), step.Text("content")),
            "Precompiled" => new PrecompiledNormalizer(ReadTable(step)),
            "BertNormalizer" => ReadBert(step),
            var type => throw VocabularyFault.Unsupported($"normalizer {type}"),
        };
    }

    private static byte[] ReadTable(JsonElement step) =>
        step.Find("precompiled_charsmap") is { ValueKind: JsonValueKind.String } table
        && table.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw VocabularyFault.Malformed("precompiled_charsmap");

    private static BertNormalizer ReadBert(JsonElement step)
    {
        var isLowercase = step.Flag("lowercase", true);
        return new BertNormalizer(
            step.Flag("clean_text", true),
            step.Flag("handle_chinese_chars", true),
            step.Flag("strip_accents", isLowercase),
            isLowercase);
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
