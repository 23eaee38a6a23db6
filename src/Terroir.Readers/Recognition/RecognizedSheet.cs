using Terroir.Documents;
using Terroir.Readers.Pdf;

namespace Terroir.Readers.Recognition;

/// <summary>Hands the words of a recognised page to the layout that PDF with a text layer has: columns, tables,
/// lists, headings, paragraphs.</summary>
internal static class RecognizedSheet
{
    private const double PointsPerInch = 72;

    /// <summary>The gap that parts words; the engine has parted them already.</summary>
    private const double Gap = 0.15;

    /// <summary>Measured sizes scatter: those nearer to the usual size than this are that size.</summary>
    private const double UsualSizeRatio = 1.35;

    private const int LettersMin = 3;
    private const double SureConfidence = 0.8;

    public static PdfSheet From(RecognizedPage page)
    {
        var turn = page.Turn;
        var (x1, y1) = Turned.Into(0, 0, turn);
        var (x2, y2) = Turned.Into(page.Size.Width, page.Size.Height, turn);
        var frame = new PageBox(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2));
        var scale = PointsPerInch / page.Resolution;
        var usual = UsualSize(page.Words);
        var baselines = RecognizedLines.Baselines(page.Words, usual);
        var sizes = Sizes(page.Words, usual);
        PdfWord[] words =
        [
            .. page.Words.Select((word, index) => new PdfWord
            {
                Text = word.Text,
                Left = frame.Left + (word.Left * scale),
                Right = frame.Left + (RecognizedLines.End(page.Words, index) * scale),
                Top = frame.Top - (word.Top * scale),
                Bottom = frame.Top - (word.Bottom * scale),
                Baseline = frame.Top - (baselines[index] * scale),
                Size = scale * sizes[index],
                Font = "",
                Order = index,
                HasSpaceBefore = true,
                HasSpaceAfter = true,
                IsTurned = word.IsTurned,
            }),
        ];
        return new PdfSheet
        {
            Number = page.Number,
            Turn = turn,
            Frame = frame,
            Words = words,
            Rules = RulesOf(page, frame, scale),
            Gap = Gap,
            IsRightToLeft = false,
            UnreadableShare = 0,
            ImageCount = 1,
            IsHidden = false,
            Pitch = RecognizedLines.Pitch(baselines) / usual,
        };
    }

    /// <summary>Puts a box back to where it stands on the page before its lines were made level.</summary>
    public static PageBox Aslant(PageBox box, RecognizedPage page)
    {
        if (page.Skew == 0)
        {
            return box;
        }

        var (sin, cos) = Math.SinCos(page.Skew * Math.PI / 180);
        var (middleX, middleY) = (page.Size.Width / 2, page.Size.Height / 2);
        var corners = new[]
        {
            (box.Left, box.Bottom), (box.Left, box.Top), (box.Right, box.Bottom), (box.Right, box.Top),
        }.Select(corner => (
            X: middleX + ((corner.Item1 - middleX) * cos) - ((corner.Item2 - middleY) * sin),
            Y: middleY + ((corner.Item1 - middleX) * sin) + ((corner.Item2 - middleY) * cos))).ToArray();
        return new PageBox(
            Math.Round(Math.Clamp(corners.Min(corner => corner.X), 0, page.Size.Width), 1),
            Math.Round(Math.Clamp(corners.Min(corner => corner.Y), 0, page.Size.Height), 1),
            Math.Round(Math.Clamp(corners.Max(corner => corner.X), 0, page.Size.Width), 1),
            Math.Round(Math.Clamp(corners.Max(corner => corner.Y), 0, page.Size.Height), 1));
    }

    // The size of each word's line. Specks and strokes beside the text have any size; they are no headings.
    private static double[] Sizes(IReadOnlyList<RecognizedWord> words, double usual)
    {
        var sizes = new double[words.Count];
        foreach (var line in Enumerable.Range(0, words.Count).GroupBy(index => words[index].Line))
        {
            var size = words[line.First()].Size;
            var letters = line.Sum(index => words[index].LetterCount);
            var sure = line.Sum(index => words[index].LetterCount * words[index].Confidence);
            var isUsual = size < usual * UsualSizeRatio && size > usual / UsualSizeRatio;
            foreach (var index in line)
            {
                sizes[index] = isUsual || letters < LettersMin || sure < SureConfidence * letters ? usual : size;
            }
        }

        return sizes;
    }

    // The size of most letters.
    private static double UsualSize(IReadOnlyList<RecognizedWord> words)
    {
        var sizes = words.SelectMany(word => Enumerable.Repeat(word.Size, word.Text.Length)).Order().ToArray();
        return sizes.Length == 0 ? 1 : sizes[sizes.Length / 2];
    }

    private static PdfRules RulesOf(RecognizedPage page, PageBox frame, double scale)
    {
        var level = new List<PdfRule>();
        var upright = new List<PdfRule>();
        foreach (var (x, y, width, height) in page.Rules)
        {
            var (left, right) = (frame.Left + (x * scale), frame.Left + ((x + width) * scale));
            var (top, bottom) = (frame.Top - (y * scale), frame.Top - ((y + height) * scale));
            if (width > height)
            {
                level.Add(new PdfRule((top + bottom) / 2, left, right));
            }
            else
            {
                upright.Add(new PdfRule((left + right) / 2, bottom, top));
            }
        }

        return new PdfRules(
            [.. level.OrderByDescending(rule => rule.At)],
            [.. upright.OrderBy(rule => rule.At)]);
    }
}
