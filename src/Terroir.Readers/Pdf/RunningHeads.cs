using System.Text.RegularExpressions;

namespace Terroir.Readers.Pdf;

/// <summary>Takes away what is printed at the top and bottom of page after page: heads, feet and page numbers.
/// </summary>
internal static partial class RunningHeads
{
    private const double MarginShare = 0.12;
    private const double OuterShare = 0.25;
    private const int OuterLines = 2;

    /// <summary>Heads and feet have no more lines than this, and stand this many letter sizes from the text.</summary>
    private const int ApartLines = 4;

    private const double ApartPitch = 1.55;

    /// <summary>What stands on this share of the pages, or of the even or odd ones, is no text of its own.</summary>
    private const double RepeatShare = 0.4;

    private const int PageCountMin = 2;

    public static IReadOnlyList<PdfSheet> Remove(IReadOnlyList<PdfSheet> sheets)
    {
        sheets = [.. sheets.Select(WithoutTagged)];
        var margins = sheets.Select(Margins).ToArray();
        var counts = margins
            .SelectMany(lines => lines.Select(Key).Distinct())
            .GroupBy(key => key)
            .ToDictionary(group => group.Key, group => group.Count());
        var least = Math.Max(sheets.Count == PageCountMin ? PageCountMin : PageCountMin + 1,
            (int)(RepeatShare * sheets.Count));
        var stamps = Stamps(sheets, least);
        return
        [
            .. sheets.Select((sheet, index) =>
            {
                var words = margins[index]
                    .Where(line => line.IsPageNumber || IsRepeated(counts, Key(line), least))
                    .SelectMany(line => line.Words)
                    .Concat(sheet.Words.Where(word => word.IsTurned && stamps.Contains(word.Text)))
                    .ToHashSet();
                return words.Count == 0 ? sheet
                    : sheet with { Words = [.. sheet.Words.Where(word => !words.Contains(word))] };
            }),
        ];
    }

    // What is printed across page after page, such as CONFIDENTIEL.
    private static HashSet<string> Stamps(IReadOnlyList<PdfSheet> sheets, int least) =>
        sheets
            .SelectMany(sheet => sheet.Words.Where(word => word.IsTurned)
                .Select(word => word.Text)
                .Distinct(StringComparer.Ordinal))
            .GroupBy(text => text, StringComparer.Ordinal)
            .Where(group => group.Count() >= least)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);

    // A tagged file says itself which words are heads and feet.
    private static PdfSheet WithoutTagged(PdfSheet sheet) =>
        sheet.Words.Any(word => word.Mark == (int)PdfRole.Pagination)
            && sheet.Words.Any(word => word.Mark != (int)PdfRole.Pagination)
                ? sheet with { Words = [.. sheet.Words.Where(word => word.Mark != (int)PdfRole.Pagination)] }
                : sheet;

    // A number alone may stand left on even and right on odd pages.
    private static bool IsRepeated(Dictionary<(string Shape, int Place), int> counts, (string Shape, int Place) key,
        int least)
    {
        var near = Enumerable.Range(-1, 3).Sum(step => counts.GetValueOrDefault((key.Shape, key.Place + step)));
        return near >= least;
    }

    // The lines in the margins, and the outermost lines where the margins are wide.
    private static List<MarginLine> Margins(PdfSheet sheet)
    {
        var lines = new List<MarginLine>();
        foreach (var isTop in new[] { true, false })
        {
            var words = sheet.Words
                .Where(word => !word.IsTurned && Depth(sheet, word, isTop) < OuterShare)
                .ToArray();
            var candidates = PdfLines.From(words, sheet.Gap);
            if (!isTop)
            {
                candidates.Reverse();
            }

            for (var index = 0; index < ApartCount(candidates); index++)
            {
                var line = candidates[index];
                if (index >= OuterLines && Depth(sheet, line.Words[0], isTop) > MarginShare)
                {
                    continue;
                }

                // Glued words are new ones: the line's own words are found again by their place.
                var members = words.Where(word => word.MiddleY > line.Box.Bottom && word.MiddleY < line.Box.Top);
                var height = (line.Baseline - sheet.Frame.Bottom) / sheet.Height;
                lines.Add(new MarginLine(Shape(line.Text), (int)Math.Round(height * 50), [.. members])
                {
                    IsPageNumber = Depth(sheet, line.Words[0], isTop) < MarginShare && PageNumber().IsMatch(line.Text),
                });
            }
        }

        return lines;
    }

    // The outermost lines that a wider space parts from the text: a line of a paragraph is no running head.
    private static int ApartCount(List<PdfLine> lines)
    {
        for (var index = 1; index < lines.Count && index <= ApartLines; index++)
        {
            if (Math.Abs(lines[index - 1].Baseline - lines[index].Baseline) > ApartPitch * lines[index - 1].Size)
            {
                return index;
            }
        }

        return lines.Count <= ApartLines ? lines.Count : 0;
    }

    // How far a word stands from the top or the bottom, as a share of the page's height.
    private static double Depth(PdfSheet sheet, PdfWord word, bool isTop) =>
        (isTop ? sheet.Frame.Top - word.MiddleY : word.MiddleY - sheet.Frame.Bottom) / sheet.Height;

    private static (string Shape, int Place) Key(MarginLine line) => (line.Shape, line.Place);

    private static string Shape(string text) => Numbers().Replace(text, "#");

    [GeneratedRegex(@"\d+|^[ivxlc]{1,7}$", RegexOptions.None, 1_000)]
    private static partial Regex Numbers();

    // A number alone may be text of a page; these forms are not.
    [GeneratedRegex(
        @"^(?:(?:page|p\.|seite|página|pagina)\s*\d+(?:\s*(?:/|sur|of|von|de|di|sobre)\s*\d+)?|\d+\s*(?:/|sur|of)\s*\d+"
        + @"|[-–]\s*\d+\s*[-–])$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1_000)]
    private static partial Regex PageNumber();

    private sealed record MarginLine(string Shape, int Place, IReadOnlyList<PdfWord> Words)
    {
        public bool IsPageNumber { get; init; }
    }
}
