using System.Globalization;
using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Normalization;

/// <summary>What BERT does to a text: cleans it, sets Chinese characters apart, and takes accents and capitals away.
/// </summary>
/// <remarks>After <c>BasicTokenizer</c> of google-research/bert, with the categories of Hugging Face tokenizers.
/// </remarks>
internal sealed class BertNormalizer : INormalizer
{
    private readonly bool _isCleaned;
    private readonly bool _isChineseSetApart;
    private readonly NormalizerSequence _letters;

    /// <summary>Makes the normalizer from the settings that a vocabulary names.</summary>
    public BertNormalizer(bool isCleaned, bool isChineseSetApart, bool isAccentStripped, bool isLowercase)
    {
        _isCleaned = isCleaned;
        _isChineseSetApart = isChineseSetApart;
        var steps = new List<INormalizer>();
        if (isAccentStripped)
        {
            steps.Add(new UnicodeNormalizer(NormalizationForm.FormD));
            steps.Add(new RuneFilter(rune =>
                Rune.GetUnicodeCategory(rune.Value) != UnicodeCategory.NonSpacingMark));
        }

        if (isLowercase)
        {
            steps.Add(new LowercaseNormalizer());
        }

        _letters = new NormalizerSequence(steps);
    }

    public AlignedRune[] Normalize(AlignedRune[] text)
    {
        var result = new List<AlignedRune>(text.Length);
        foreach (var rune in text)
        {
            if (_isCleaned && IsNoise(rune.Value))
            {
                continue;
            }

            if (_isChineseSetApart && IsChinese(rune.Value.Value))
            {
                result.Add(new AlignedRune(new Rune(' '), rune.Start, rune.Start));
                result.Add(rune);
                result.Add(new AlignedRune(new Rune(' '), rune.End, rune.End));
            }
            else
            {
                result.Add(_isCleaned && Rune.IsWhiteSpace(rune.Value) ? rune with { Value = new Rune(' ') } : rune);
            }
        }

        return _letters.Normalize([.. result]);
    }

    private static bool IsNoise(Rune rune) => rune.Value is 0 or 0xFFFD
        || (rune.Value is not '\t' and not '\n' and not '\r'
            && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);

    private static bool IsChinese(int value) => value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F)
        or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
