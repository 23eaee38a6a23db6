using System.Text.RegularExpressions;
using Terroir.Retrieval;

namespace Terroir.Answers.Extractive;

/// <summary>Finds what a passage can answer with: its sentences, the rows of its tables, its lists.</summary>
internal static partial class PassageOutline
{
    /// <summary>A list is quoted whole up to this many items or rows; of a longer one the first. Chosen by reason:
    /// what fits a screen, and more than any list of the sample corpus (10).</summary>
    internal const int ListItemCountMax = 12;

    /// <summary>A sentence with a colon and semicolons is a list from so many characters; a shorter one is quoted
    /// whole. Chosen by reason: two lines of a screen.</summary>
    internal const int InlineListLengthMin = 200;

    /// <summary>And from so many items.</summary>
    internal const int InlineItemCountMin = 3;

    /// <summary>Lists the units in order; a whole list comes after its items.</summary>
    /// <param name="hit">The passage.</param>
    public static IReadOnlyList<Unit> Of(PassageHit hit)
    {
        var text = hit.Text;
        var lines = SentenceSplitter.Cut(text).GroupBy(piece => piece.Line).Select(line => line.ToArray()).ToArray();
        var units = new List<Unit>();
        for (var index = 0; index < lines.Length;)
        {
            index += lines[index][^1].Kind switch
            {
                PieceKind.Row => AddTable(hit, lines.AsSpan(index), units),
                PieceKind.Item => AddList(text, lines.AsSpan(index), units),
                _ => AddText(text, lines[index], units),
            };
        }

        return units;
    }

    private static int AddText(string text, Piece[] line, List<Unit> units)
    {
        AddSentences(text, line, "", units);
        return 1;
    }

    private static void AddSentences(string text, Piece[] line, string lead, List<Unit> units)
    {
        var before = -1;
        foreach (var piece in line.Where(piece => piece.Kind is PieceKind.Sentence or PieceKind.Item))
        {
            if (AddInlineList(text, piece, units))
            {
                before = piece.Start;
                continue;
            }

            // "Il est accordé par ..." says nothing without the sentence before it, so both are quoted.
            var start = before >= 0 && Pronoun().IsMatch(text.AsSpan(piece.Start, piece.End - piece.Start))
                ? before
                : piece.Start;
            units.Add(new Unit(
                start,
                piece.End,
                UnitKind.Sentence,
                ShownText.Plain(text[start..piece.End]),
                lead,
                before >= 0 ? text[before..start] : ""));
            before = piece.Start;
        }
    }

    // "Le dossier comprend : une pièce d'identité ; la carte Vitale ; ..." is a list in one sentence.
    private static bool AddInlineList(string text, Piece piece, List<Unit> units)
    {
        var colon = text.IndexOf(':', piece.Start, piece.End - piece.Start);
        if (piece.End - piece.Start < InlineListLengthMin || colon < 0
            || text.AsSpan(colon, piece.End - colon).Count(';') < InlineItemCountMin - 1)
        {
            return false;
        }

        var lead = ShownText.Plain(text[piece.Start..(colon + 1)]);
        var items = new List<string> { lead };
        var end = colon;
        for (var start = colon + 1; start < piece.End && items.Count <= ListItemCountMax; start = end + 1)
        {
            var semicolon = text.IndexOf(';', start, piece.End - start);
            end = semicolon < 0 ? piece.End : semicolon;
            var first = start + text.AsSpan(start, end - start).IndexOfAnyExcept(' ', '\u00A0');
            var item = text[start..end].Trim();
            if (item.Length > 0)
            {
                items.Add(ShownText.Plain(item));
                units.Add(new Unit(first, first + item.Length, UnitKind.Sentence, items[^1], lead));
            }
        }

        units.Add(new Unit(piece.Start, end, UnitKind.List, string.Join('\n', items), ""));
        return true;
    }

    private static int AddList(string text, ReadOnlySpan<Piece[]> lines, List<Unit> units)
    {
        var count = 1;
        while (count < lines.Length && lines[count][^1].Kind == PieceKind.Item)
        {
            count++;
        }

        var isLed = units.Count > 0 && units[^1].Kind == UnitKind.Sentence && units[^1].Text.EndsWith(':');
        var lead = isLed ? units[^1] : null;
        foreach (var line in lines[..count])
        {
            AddSentences(text, line, lead?.Text ?? "", units);
        }

        if (count > 1)
        {
            var shown = Math.Min(count, ListItemCountMax);
            var items = lines[..shown].ToArray().Select(line =>
                ShownText.Plain(text[FirstOf(line).Start..line[^1].End]));
            units.Add(new Unit(
                lead?.Start ?? FirstOf(lines[0]).Start,
                lines[shown - 1][^1].End,
                UnitKind.List,
                string.Join('\n', lead is null ? items : items.Prepend(lead.Text)),
                ""));
        }

        return count;
    }

    private static Piece FirstOf(Piece[] line) => Array.Find(line, piece => piece.Kind != PieceKind.Markup);

    private static int AddTable(PassageHit hit, ReadOnlySpan<Piece[]> lines, List<Unit> units)
    {
        var table = TableOf(hit, lines);
        var end = 0;
        var rows = new List<Unit>();
        for (; end < lines.Length && hit.Text[lines[end][0].Start] == '|' && lines[end][0].Start < table.End; end++)
        {
            var row = lines[end][0];
            if (row.Kind == PieceKind.Row && row.Start >= table.BodyStart)
            {
                var shown = ShownText.Row(table.Header, hit.Text[row.Start..row.End]);
                rows.Add(new Unit(row.Start, row.End, UnitKind.Row, shown, ShownText.Names(table.Header)));
            }
        }

        units.AddRange(rows);
        if (rows.Count > 1)
        {
            var shown = rows.Take(ListItemCountMax).ToArray();
            units.Add(new Unit(
                shown[0].Start,
                shown[^1].End,
                UnitKind.List,
                string.Join('\n', shown.Select(row => row.Text)),
                shown[0].Lead));
        }

        return Math.Max(1, end);
    }

    // What the passage knows of the table; in an older one the rule stands under the header row.
    private static TableRows TableOf(PassageHit hit, ReadOnlySpan<Piece[]> lines)
    {
        var first = lines[0][0];
        if (hit.Tables.FirstOrDefault(table => table.Start <= first.Start && first.Start < table.End) is { } known)
        {
            return known;
        }

        var isRuled = lines.Length > 1 && lines[1][0].Kind == PieceKind.Markup && hit.Text[lines[1][0].Start] == '|';
        return isRuled
            ? new TableRows(first.Start, hit.Text.Length, lines[1][0].End, hit.Text[first.Start..first.End])
            : new TableRows(first.Start, hit.Text.Length, first.Start, "");
    }

    [GeneratedRegex(
        @"^(?:ils?|elles?|celui-ci|celle-ci|ceux-ci|celles-ci|cel[au]|ceci|it|they)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        30_000)]
    private static partial Regex Pronoun();
}
