using System.Text;

namespace Terroir.Web;

/// <summary>A document's text in three parts around a cited span.</summary>
/// <param name="Before">What stands before the span.</param>
/// <param name="Cited">The span; empty if none is cited.</param>
/// <param name="After">What stands after it.</param>
/// <param name="IsCut">Whether the ends of a long document were left out.</param>
public sealed record CitedText(string Before, string Cited, string After, bool IsCut)
{
    /// <summary>How many bytes of a document a page shows: a browser takes long over more.</summary>
    public const int LengthMax = 1 << 20;

    /// <summary>Cuts a canonical text. Offsets that are no span of it count as none.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <param name="start">The first byte of the span.</param>
    /// <param name="end">The byte after the last.</param>
    /// <returns>The parts.</returns>
    public static CitedText Cut(ReadOnlyMemory<byte> text, int? start, int? end)
    {
        var (from, to) = start >= 0 && end > start && end <= text.Length ? (start.Value, end.Value) : (0, 0);
        (from, to) = (Boundary(text.Span, from), Boundary(text.Span, to));
        var first = Boundary(text.Span, Math.Max(0, from - (LengthMax / 2)));
        var last = Boundary(text.Span, (int)Math.Min(text.Length, Math.Max(to, first + (long)LengthMax)));
        return new CitedText(
            Decode(text.Span[first..from]),
            Decode(text.Span[from..to]),
            Decode(text.Span[to..last]),
            first > 0 || last < text.Length);
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>Goes back to where a character begins: a byte of the form 10xxxxxx continues one.</summary>
    private static int Boundary(ReadOnlySpan<byte> text, int offset)
    {
        while (offset > 0 && offset < text.Length && (text[offset] & 0xC0) == 0x80)
        {
            offset--;
        }

        return offset;
    }
}
