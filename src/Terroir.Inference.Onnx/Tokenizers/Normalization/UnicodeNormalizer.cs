using System.Globalization;
using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Normalization;

/// <summary>Brings a text into a Unicode normalisation form (UAX #15).</summary>
/// <remarks>It works on a base character with the marks after it at a time: nothing composes across the next base
/// character, save the parts of a Hangul syllable, which are kept together too.</remarks>
internal sealed class UnicodeNormalizer(NormalizationForm form) : INormalizer
{
    public AlignedRune[] Normalize(AlignedRune[] text)
    {
        var result = new List<AlignedRune>(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            while (end < text.Length && Continues(text[end].Value))
            {
                end++;
            }

            Add(text.AsSpan(start, end - start), result);
            start = end;
        }

        return [.. result];
    }

    private static bool Continues(Rune rune) => !rune.IsAscii
        && (rune.Value is >= 0x1160 and <= 0x11FF
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark);

    private void Add(ReadOnlySpan<AlignedRune> cluster, List<AlignedRune> result)
    {
        if (cluster is [{ Value.IsAscii: true }])
        {
            result.Add(cluster[0]);
            return;
        }

        var source = AlignedText.Text(cluster);
        var target = NormalForm.Of(source, form);
        if (string.Equals(source, target, StringComparison.Ordinal))
        {
            result.AddRange(cluster);
            return;
        }

        foreach (var rune in target.EnumerateRunes())
        {
            result.Add(new AlignedRune(rune, cluster[0].Start, cluster[^1].End));
        }
    }
}
