using System.Text;
using Terroir.Inference.Onnx.Tokenizers.PreTokenization;

namespace Terroir.Inference.Onnx.Tokenizers.Normalization;

/// <summary>What SentencePiece does to spaces: it may write one before the text, join runs of them to one and take
/// those at the ends away; then it writes each as a mark.</summary>
/// <remarks>After <c>Normalizer::Normalize</c> of google/sentencepiece.</remarks>
/// <param name="prefix">Where a space is written before a part that is not empty: the text, or also each part after an
/// added token.</param>
/// <param name="isCollapsed">Whether runs are joined and the ends are trimmed.</param>
/// <param name="mark">What a space is written as.</param>
internal sealed class WhitespaceNormalizer(PrefixPlace prefix, bool isCollapsed, Rune mark) : INormalizer
{
    /// <summary>The mark of nearly all vocabularies: U+2581.</summary>
    public static readonly Rune LowerBlock = new(0x2581);

    private static readonly Rune Space = new(' ');

    public AlignedRune[] Normalize(AlignedRune[] text)
    {
        var result = new List<AlignedRune>(text.Length + 1);
        var isAfterSpace = isCollapsed;
        foreach (var rune in text)
        {
            if (rune.Value != Space)
            {
                result.Add(rune);
                isAfterSpace = false;
            }
            else if (!isAfterSpace)
            {
                result.Add(rune with { Value = mark });
                isAfterSpace = isCollapsed;
            }
        }

        if (isCollapsed && result.Count > 0 && isAfterSpace)
        {
            result.RemoveAt(result.Count - 1);
        }

        if (result.Count > 0 && (prefix == PrefixPlace.Always || (prefix == PrefixPlace.First && text[0].Start == 0)))
        {
            result.Insert(0, new AlignedRune(mark, result[0].Start, result[0].Start));
        }

        return [.. result];
    }
}
