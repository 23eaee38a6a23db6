using System.Text;
using Terroir.Documents;

namespace Terroir.Ingestion.Text;

/// <summary>Cuts canonical text into passages along its structure: never across a heading, never overlapping.</summary>
internal static class PassageSplitter
{
    /// <summary>Cuts a text.</summary>
    /// <param name="text">The canonical text.</param>
    /// <param name="languages">The languages of its pieces: a passage has one.</param>
    public static IReadOnlyList<Passage> Split(CanonicalText text, BlockLanguages languages)
    {
        var passages = new List<Passage>();
        var headings = new List<string>();
        var levels = new List<int>();
        for (var number = 0; number < text.Spans.Count;)
        {
            var span = text.Spans[number];
            if (span.Kind != SpanKind.Heading)
            {
                var language = languages.Of(number);
                var end = number + 1;
                while (end < text.Spans.Count && text.Spans[end].Kind != SpanKind.Heading
                    && string.Equals(languages.Of(end), language, StringComparison.Ordinal))
                {
                    end++;
                }

                Add(passages, text, TextUnits.Of(text, number, end - number), headings, language);
                number = end;
                continue;
            }

            while (levels.Count > 0 && levels[^1] >= span.Level)
            {
                levels.RemoveAt(levels.Count - 1);
                headings.RemoveAt(headings.Count - 1);
            }

            levels.Add(span.Level);
            headings.Add(Encoding.UTF8.GetString(text.Bytes[(span.Start + span.Level + 1)..span.End]));
            number++;
        }

        return passages.Count > 0 ? passages : HeadingsOnly(text, languages.Main);
    }

    private static void Add(
        List<Passage> passages,
        CanonicalText text,
        List<TextUnit> units,
        List<string> headings,
        string language)
    {
        var first = 0;
        foreach (var end in PassageCuts.Choose(units))
        {
            passages.Add(new Passage
            {
                Ordinal = passages.Count,
                Start = units[first].Start,
                End = units[end - 1].End,
                Headings = [.. headings],
                Language = language,
                Places = [.. Place(text, units[first..end])],
                Tables = [.. Tables(text, units[first..end])],
            });
            first = end;
        }
    }

    private static IEnumerable<PlacedSpan> Place(CanonicalText text, List<TextUnit> units) =>
        units.GroupBy(unit => unit.Span).Select(group =>
            new PlacedSpan(group.First().Start, group.Last().End, text.Spans[group.Key].Place));

    private static IEnumerable<PassageTable> Tables(CanonicalText text, List<TextUnit> units) =>
        units.Where(unit => text.Spans[unit.Span].Kind == SpanKind.Row)
            .GroupBy(unit => text.Spans[unit.Span].Block, ReferenceEqualityComparer.Instance)
            .Select(group =>
            {
                var (start, end) = Header(text, group.First().Span);
                return new PassageTable(group.First().Start, group.Last().End, start, end);
            });

    // The first rows of the table that a row belongs to, as far as they are headers.
    private static (int Start, int End) Header(CanonicalText text, int row)
    {
        var table = (TableBlock)text.Spans[row].Block;
        var first = row;
        while (first > 0 && ReferenceEquals(text.Spans[first - 1].Block, table))
        {
            first--;
        }

        var start = text.Spans[first].Start;
        var count = Math.Min(table.HeaderRowCount, table.Rows.Count);
        return count > 0 ? (start, text.Spans[first + count - 1].End) : (start, start);
    }

    private static Passage[] HeadingsOnly(CanonicalText text, string language) =>
        text.Spans.Count == 0
            ? []
            :
            [
                new Passage
                {
                    Ordinal = 0,
                    Start = text.Spans[0].Start,
                    End = text.Spans[^1].End,
                    Language = language,
                    Places = [.. text.Spans.Select(span => new PlacedSpan(span.Start, span.End, span.Place))],
                },
            ];
}
