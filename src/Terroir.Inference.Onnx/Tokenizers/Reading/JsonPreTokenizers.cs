using System.Globalization;
using System.Text;
using System.Text.Json;
using Terroir.Inference.Onnx.Tokenizers.PreTokenization;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>Reads the <c>pre_tokenizer</c> of <c>tokenizer.json</c>.</summary>
internal static class JsonPreTokenizers
{
    private const string Word = @"[\p{L}\p{M}\p{Nl}\p{Nd}\p{Pc}\u200C\u200D]";

    /// <summary>Makes a pre-tokenizer.</summary>
    /// <param name="step">What the file says.</param>
    /// <param name="depth">How deep it lies in others.</param>
    /// <exception cref="VocabularyFault">A step is not known.</exception>
    public static IPreTokenizer Read(JsonElement step, int depth = 0)
    {
        VocabularyFault.ThrowIfAbove(depth, TokenizerLimits.StepDepthMax, "pre_tokenizer");
        return step.Type() switch
        {
            "Sequence" => new PreTokenizerSequence(
                [.. step.List("pretokenizers").Select(inner => Read(inner, depth + 1))]),
            "ByteLevel" => ReadByteLevel(step),
            "Split" => new SplitPreTokenizer(step.Pattern().Find, ReadBehavior(step), step.Flag("invert", false)),
            "Metaspace" => ReadMetaspace(step),
            "BertPreTokenizer" => CreateBert(),
            "WhitespaceSplit" => SplitPreTokenizer.At(AlignedText.IsWhiteSpace, SplitBehavior.Removed),
            "Whitespace" => new SplitPreTokenizer(
                TextPattern.Expression($@"{Word}+|(?:(?!{Word})\S)+").Find,
                SplitBehavior.Removed,
                isInverted: true),
            "Digits" => SplitPreTokenizer.At(
                rune => Rune.IsNumber(rune.Value),
                step.Flag("individual_digits", false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous),
            "Punctuation" => SplitPreTokenizer.At(IsPunctuation, ReadBehavior(step)),
            var type => throw VocabularyFault.Unsupported($"pre_tokenizer {type}"),
        };
    }

    /// <summary>The words of BERT: white space is left out, and each punctuation mark is a word.</summary>
    public static IPreTokenizer CreateBert() => new PreTokenizerSequence(
    [
        SplitPreTokenizer.At(AlignedText.IsWhiteSpace, SplitBehavior.Removed),
        SplitPreTokenizer.At(IsPunctuation, SplitBehavior.Isolated),
    ]);

    /// <summary>Bytes of the words that an expression finds.</summary>
    public static ByteLevelPreTokenizer CreateByteLevel(string words, bool isPrefixed) => new(
        isPrefixed,
        new SplitPreTokenizer(TextPattern.Expression(words).Find, SplitBehavior.Isolated));

    private static ByteLevelPreTokenizer ReadByteLevel(JsonElement step)
    {
        var isPrefixed = step.Flag("add_prefix_space", true);
        return step.Flag("use_regex", true)
            ? CreateByteLevel(WordPatterns.Gpt2, isPrefixed)
            : new ByteLevelPreTokenizer(isPrefixed, words: null);
    }

    private static MetaspacePreTokenizer ReadMetaspace(JsonElement step)
    {
        var prefix = step.FindText("prepend_scheme") switch
        {
            "always" => PrefixPlace.Always,
            "first" => PrefixPlace.First,
            "never" => PrefixPlace.Never,
            null => step.Flag("add_prefix_space", true) ? PrefixPlace.Always : PrefixPlace.Never,
            var scheme => throw VocabularyFault.Unsupported($"prepend_scheme {scheme}"),
        };
        return new MetaspacePreTokenizer(ReadMark(step), prefix, step.Flag("split", true));
    }

    private static Rune ReadMark(JsonElement step) =>
        step.FindText("replacement") is not { } text ? new Rune(0x2581)
            : Rune.TryGetRuneAt(text, 0, out var mark) && mark.Utf16SequenceLength == text.Length ? mark
            : throw VocabularyFault.Unsupported($"replacement {text}");

    private static SplitBehavior ReadBehavior(JsonElement step) => step.FindText("behavior") switch
    {
        "Removed" or "removed" => SplitBehavior.Removed,
        null or "Isolated" or "isolated" => SplitBehavior.Isolated,
        "MergedWithPrevious" or "merged_with_previous" => SplitBehavior.MergedWithPrevious,
        "MergedWithNext" or "merged_with_next" => SplitBehavior.MergedWithNext,
        "Contiguous" or "contiguous" => SplitBehavior.Contiguous,
        var behavior => throw VocabularyFault.Unsupported($"behavior {behavior}"),
    };

    private static bool IsPunctuation(AlignedRune rune) => rune.Value.IsAscii
        ? rune.Value.Value is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~')
        : Rune.GetUnicodeCategory(rune.Value) is UnicodeCategory.ConnectorPunctuation
            or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
            or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
            or UnicodeCategory.OtherPunctuation;
}
