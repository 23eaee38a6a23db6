using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Normalization;

/// <summary>Writes letters small, each by itself: the one letter that becomes two is the capital I with a dot.
/// </summary>
internal sealed class LowercaseNormalizer : INormalizer
{
    private const int CapitalDottedI = 0x0130;

    private const int DotAbove = 0x0307;

    public AlignedRune[] Normalize(AlignedRune[] text)
    {
        var result = new List<AlignedRune>(text.Length);
        foreach (var rune in text)
        {
            if (rune.Value.Value == CapitalDottedI)
            {
                result.Add(rune with { Value = new Rune('i') });
                result.Add(rune with { Value = new Rune(DotAbove) });
            }
            else
            {
                result.Add(rune with { Value = Rune.ToLowerInvariant(rune.Value) });
            }
        }

        return [.. result];
    }
}
