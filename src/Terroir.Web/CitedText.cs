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

    /// <summary>Cuts the shown text where the cited span or the kind of line changes; together the pieces are the text.
    /// </summary>
    /// <returns>The pieces in order.</returns>
    public IReadOnlyList<CitedPiece> Pieces()
    {
        var text = Before + Cited + After;
        var (from, to) = (Before.Length, Before.Length + Cited.Length);
        var spans = new List<(int Start, int End, bool IsCited, string? Style)>();
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var end = newline < 0 ? text.Length : newline + 1;
            var style = StyleOf(text.AsSpan(start, end - start));
            Append(spans, start, Math.Min(end, from), isCited: false, style);
            Append(spans, Math.Max(start, from), Math.Min(end, to), isCited: true, style);
            Append(spans, Math.Max(start, to), end, isCited: false, style);
            start = end;
        }

        var first = spans.FindIndex(span => span.IsCited);
        return
        [
            .. spans.Select((span, index) => new CitedPiece(
                text[span.Start..span.End],
                span.IsCited,
                span.Style,
                index == first ? "cite" : null)),
        ];
    }

    private static void Append(
        List<(int Start, int End, bool IsCited, string? Style)> spans,
        int start,
        int end,
        bool isCited,
        string? style)
    {
        if (start >= end)
        {
            return;
        }

        if (spans is [.., var last] && last.IsCited == isCited && last.Style is null && style is null)
        {
            spans[^1] = last with { End = end };
            return;
        }

        spans.Add((start, end, isCited, style));
    }

    /// <summary>The class of a line of canonical text, which is Markdown: a heading, a row of a table, or any other.
    /// </summary>
    private static string? StyleOf(ReadOnlySpan<char> line)
    {
        var level = line.IndexOfAnyExcept('#');
        return level is >= 1 and <= 6 && line[level] == ' ' ? "heading" : line.StartsWith('|') ? "row" : null;
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

/// <summary>A piece of a document's text.</summary>
/// <param name="Text">The text, with its line ends.</param>
/// <param name="IsCited">Whether it is cited.</param>
/// <param name="Style">The class of its lines, or <see langword="null"/> for plain text.</param>
/// <param name="Id">The anchor of the first cited piece.</param>
public sealed record CitedPiece(string Text, bool IsCited, string? Style, string? Id);
