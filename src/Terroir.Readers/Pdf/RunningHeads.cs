using System.Text.RegularExpressions;

namespace Terroir.Readers.Pdf;

/// <summary>Takes away what is printed at the top and bottom of page after page: heads, feet and page numbers.
/// </summary>
internal static partial class RunningHeads
{
    private const double MarginShare = 0.12;

    /// <summary>What stands on this share of the pages, or of the even or odd ones, is no text of its own.</summary>
    private const double RepeatShare = 0.4;

    private const int PageCountMin = 3;

    public static IReadOnlyList<PdfSheet> Remove(IReadOnlyList<PdfSheet> sheets)
    {
        sheets = [.. sheets.Select(WithoutTagged)];
        if (sheets.Count < PageCountMin)
        {
            return sheets;
        }

        var margins = sheets.Select(Margins).ToArray();
        var counts = margins
            .SelectMany(lines => lines.Select(Key).Distinct())
            .GroupBy(key => key)
            .ToDictionary(group => group.Key, group => group.Count());
        var least = Math.Max(PageCountMin, (int)(RepeatShare * sheets.Count));
        return
        [
            .. sheets.Select((sheet, index) =>
            {
                var words = margins[index]
                    .Where(line => IsRepeated(counts, Key(line), least))
                    .SelectMany(line => line.Orders)
                    .ToHashSet();
                return words.Count == 0 ? sheet
                    : sheet with { Words = [.. sheet.Words.Where(word => !words.Contains(word))] };
            }),
        ];
    }

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

    private static List<MarginLine> Margins(PdfSheet sheet)
    {
        var (low, high) = (sheet.Frame.Bottom + (MarginShare * sheet.Height),
            sheet.Frame.Top - (MarginShare * sheet.Height));
        var lines = new List<MarginLine>();
        foreach (var isTop in new[] { true, false })
        {
            var words = sheet.Words
                .Where(word => !word.IsTurned && (isTop ? word.MiddleY > high : word.MiddleY < low))
                .ToArray();
            foreach (var line in PdfLines.From(words, sheet.Gap))
            {
                // Glued words are new ones: the line's own words are found again by their place.
                var members = words.Where(word => Math.Abs(word.MiddleY - ((line.Box.Top + line.Box.Bottom) / 2))
                    < (line.Box.Top - line.Box.Bottom) / 2);
                var height = (line.Baseline - sheet.Frame.Bottom) / sheet.Height;
                lines.Add(new MarginLine(Shape(line.Text), (int)Math.Round(height * 50), [.. members]));
            }
        }

        return lines;
    }

    private static (string Shape, int Place) Key(MarginLine line) => (line.Shape, line.Place);

    private static string Shape(string text) => Numbers().Replace(text, "#");

    [GeneratedRegex(@"\d+|^[ivxlc]{1,7}$", RegexOptions.None, 1_000)]
    private static partial Regex Numbers();

    private sealed record MarginLine(string Shape, int Place, IReadOnlyList<PdfWord> Orders);
}
