using Terroir.Documents;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;

namespace Terroir.Readers.Pdf;

/// <summary>A page as lines from top to bottom, each as cells from left to right.</summary>
internal sealed record PdfPage(int Number, double Height, IReadOnlyList<PdfLine> Lines)
{
    public static PdfPage From(Page page)
    {
        var words = NearestNeighbourWordExtractor.Instance.GetWords(page.Letters)
            .Where(word => word.Text.Trim().Length > 0)
            .OrderByDescending(word => Math.Round(word.BoundingBox.Bottom))
            .ThenBy(word => word.BoundingBox.Left);
        var rows = new List<List<Word>>();
        foreach (var word in words)
        {
            var row = rows.LastOrDefault();
            if (row is not null && IsSameLine(row[0], word))
            {
                row.Add(word);
            }
            else
            {
                rows.Add([word]);
            }
        }

        return new PdfPage(page.Number, page.Height, [.. rows.Select(row => PdfLine.From(page.Number, row))]);
    }

    private static bool IsSameLine(Word first, Word word) =>
        Math.Abs(Baseline(first) - Baseline(word)) < 0.4 * Math.Max(1, first.Letters[0].PointSize);

    private static double Baseline(Word word) => word.Letters[0].StartBaseLine.Y;
}

/// <summary>A line: its cells are parts with wide gaps between them.</summary>
internal sealed record PdfLine(
    int Page,
    IReadOnlyList<(double Left, string Text)> Cells,
    double Size,
    bool IsBold,
    PageBox Box)
{
    /// <summary>A gap of this many letter sizes parts two cells.</summary>
    private const double CellGap = 1.5;

    public string Text => string.Join(' ', Cells.Select(cell => cell.Text));

    public static PdfLine From(int page, List<Word> words)
    {
        words.Sort((a, b) => a.BoundingBox.Left.CompareTo(b.BoundingBox.Left));
        var size = words.Max(word => word.Letters[0].PointSize);
        var cells = new List<(double Left, string Text)>();
        Word? before = null;
        foreach (var word in words)
        {
            var isNew = before is null || word.BoundingBox.Left - before.BoundingBox.Right > CellGap * size;
            if (isNew)
            {
                cells.Add((word.BoundingBox.Left, word.Text));
            }
            else
            {
                cells[^1] = (cells[^1].Left, $"{cells[^1].Text} {word.Text}");
            }

            before = word;
        }

        return new PdfLine(
            page,
            cells,
            size,
            words.TrueForAll(word => word.FontName?.Contains("Bold", StringComparison.OrdinalIgnoreCase) == true),
            new PageBox(
                Math.Round(words.Min(word => word.BoundingBox.Left), 1),
                Math.Round(words.Min(word => word.BoundingBox.Bottom), 1),
                Math.Round(words.Max(word => word.BoundingBox.Right), 1),
                Math.Round(words.Max(word => word.BoundingBox.Top), 1)));
    }
}
