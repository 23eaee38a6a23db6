using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Normalization;

/// <summary>Writes another text where a pattern is found.</summary>
internal sealed class ReplaceNormalizer(TextPattern pattern, string replacement) : INormalizer
{
    private readonly Rune[] _replacement = [.. replacement.EnumerateRunes()];

    public AlignedRune[] Normalize(AlignedRune[] text)
    {
        var result = new List<AlignedRune>(text.Length);
        var done = 0;
        foreach (var (start, end) in pattern.Find(text))
        {
            result.AddRange(text.AsSpan(done, start - done));
            if (end > start)
            {
                foreach (var rune in _replacement)
                {
                    result.Add(new AlignedRune(rune, text[start].Start, text[end - 1].End));
                }
            }

            done = end;
        }

        result.AddRange(text.AsSpan(done));
        return [.. result];
    }
}
