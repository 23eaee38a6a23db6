using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Normalization;

/// <summary>Takes control characters out and writes odd white space as a space: the step <c>Nmt</c> of Hugging Face
/// tokenizers.</summary>
internal sealed class ControlNormalizer : INormalizer
{
    public AlignedRune[] Normalize(AlignedRune[] text)
    {
        var result = new List<AlignedRune>(text.Length);
        foreach (var rune in text)
        {
            if (!IsRemoved(rune.Value.Value))
            {
                result.Add(IsSpace(rune.Value.Value) ? rune with { Value = new Rune(' ') } : rune);
            }
        }

        return [.. result];
    }

    private static bool IsRemoved(int value) => value is (>= 0x01 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1F)
        or 0x7F or 0x8F or 0x9F;

    private static bool IsSpace(int value) => value is 0x09 or 0x0A or 0x0C or 0x0D or 0x1680
        or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD;
}
