using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Normalization;

/// <summary>Writes a text before every text that is not empty.</summary>
internal sealed class PrependNormalizer(string prefix) : INormalizer
{
    private readonly Rune[] _prefix = [.. prefix.EnumerateRunes()];

    public AlignedRune[] Normalize(AlignedRune[] text)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var start = text[0].Start;
        return [.. _prefix.Select(rune => new AlignedRune(rune, start, start)), .. text];
    }
}
