namespace Terroir.Readers.Pdf;

/// <summary>Puts words together to lines: by the line that they stand on; raised and lowered small letters go with
/// their neighbour.</summary>
internal static class PdfLines
{
    private const double SameLine = 0.3;
    private const double SmallShare = 0.8;
    private const double RaisedMax = 0.7;
    private const double LoweredMax = 0.45;

    /// <summary>Lines from top to bottom.</summary>
    /// <param name="words">The words; turned ones are passed over.</param>
    /// <param name="gap">The gap that parts words, as a share of the letter size.</param>
    /// <param name="isRightToLeft">Whether the page is mostly written from right to left.</param>
    public static List<PdfLine> From(IReadOnlyList<PdfWord> words, double gap, bool isRightToLeft = false)
    {
        var sorted = words.Where(word => !word.IsTurned)
            .OrderByDescending(word => word.Baseline)
            .ThenBy(word => word.Left)
            .ToArray();
        var usual = UsualSize(sorted);
        var lines = new List<List<PdfWord>>();
        foreach (var word in sorted.Where(word => word.Size >= SmallShare * usual))
        {
            AddToLast(lines, word);
        }

        var small = new List<List<PdfWord>>();
        foreach (var word in sorted.Where(word => word.Size < SmallShare * usual))
        {
            if (Neighbour(lines, word) is { } line)
            {
                line.Add(word);
            }
            else
            {
                AddToLast(small, word);
            }
        }

        lines.AddRange(small);
        return
        [
            .. lines.Select(line => Line(line, gap, isRightToLeft))
                .OrderByDescending(line => line.Baseline)
                .ThenBy(line => line.Left),
        ];
    }

    private static double UsualSize(PdfWord[] words)
    {
        if (words.Length == 0)
        {
            return 0;
        }

        var sizes = words.Select(word => word.Size).Order().ToArray();
        return sizes[sizes.Length / 2];
    }

    private static void AddToLast(List<List<PdfWord>> lines, PdfWord word)
    {
        for (var back = 1; back <= 3 && back <= lines.Count; back++)
        {
            var line = lines[^back];
            if (Math.Abs(line[0].Baseline - word.Baseline) < SameLine * Math.Min(line[0].Size, word.Size))
            {
                line.Add(word);
                return;
            }
        }

        lines.Add([word]);
    }

    // The lines stand from top to bottom, so those about a word are found by halving.
    private static List<PdfWord>? Neighbour(List<List<PdfWord>> lines, PdfWord word)
    {
        var (low, high) = (0, lines.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = lines[middle][0].Baseline > word.Baseline + (3 * word.Size) ? (middle + 1, high)
                : (low, middle);
        }

        List<PdfWord>? best = null;
        var nearest = double.MaxValue;
        for (; low < lines.Count && lines[low][0].Baseline > word.Baseline - (3 * word.Size); low++)
        {
            var line = lines[low];
            var raised = (word.Baseline - line[0].Baseline) / line[0].Size;
            if (raised is < -LoweredMax or > RaisedMax || Math.Abs(raised) >= nearest)
            {
                continue;
            }

            var reach = 0.5 * line[0].Size;
            if (line.Exists(other => word.Left < other.Right + reach && word.Right > other.Left - reach))
            {
                (best, nearest) = (line, Math.Abs(raised));
            }
        }

        return best;
    }

    private static PdfLine Line(List<PdfWord> words, double gap, bool isRightToLeft)
    {
        words.Sort((a, b) => a.Left.CompareTo(b.Left));
        var glued = Glue(words, gap);
        return new PdfLine(
            glued,
            isRightToLeft || BidiOrder.IsMostlyRightToLeft(glued.Select(word => word.Text)));
    }

    // Letters of one word may be drawn apart: in another font, raised, or from right to left.
    private static List<PdfWord> Glue(List<PdfWord> words, double gap)
    {
        var limit = IsSpacedOut(words) ? SpacedOutGap(words) : 0;
        var glued = new List<PdfWord> { words[0] };
        for (var index = 1; index < words.Count; index++)
        {
            var (before, word) = (glued[^1], words[index]);
            var space = word.Left - before.Right;
            var isOne = limit > 0 ? space < limit
                : !before.HasSpaceAfter && !word.HasSpaceBefore
                    && !ChangesScript(before.Text[^1], word.Text[0])
                    && space < gap * Math.Min(before.Size, word.Size)
                    && space > -0.5 * Math.Min(before.Size, word.Size);
            if (!isOne)
            {
                glued.Add(word);
                continue;
            }

            var larger = word.Size > before.Size ? word : before;
            glued[^1] = new PdfWord
            {
                Text = before.Text + word.Text,
                Left = before.Left,
                Right = Math.Max(before.Right, word.Right),
                Bottom = Math.Min(before.Bottom, word.Bottom),
                Top = Math.Max(before.Top, word.Top),
                Baseline = larger.Baseline,
                Size = larger.Size,
                Font = larger.Font,
                IsBold = larger.IsBold,
                IsItalic = larger.IsItalic,
                Order = Math.Min(before.Order, word.Order),
                Mark = before.Mark == 0 ? word.Mark : before.Mark,
                HasSpaceBefore = before.HasSpaceBefore,
                HasSpaceAfter = word.HasSpaceAfter,
            };
        }

        return glued;
    }

    // Arabic and Latin letters are never of one word; some files draw no space between them.
    private static bool ChangesScript(char left, char right) =>
        (LetterText.IsRightToLeft(left) && char.IsLetter(right) && !LetterText.IsRightToLeft(right))
        || (LetterText.IsRightToLeft(right) && char.IsLetter(left) && !LetterText.IsRightToLeft(left));

    // T I T L E: nearly all words are single letters, with no drawn spaces.
    private static bool IsSpacedOut(List<PdfWord> words) =>
        words.Count >= 6
        && words.Count(word => word.Text.Length == 1 && char.IsLetter(word.Text[0])) > 0.8 * words.Count
        && !words.Exists(word => word.HasSpaceBefore || word.HasSpaceAfter);

    private static double SpacedOutGap(List<PdfWord> words)
    {
        var gaps = words.Skip(1).Select((word, index) => word.Left - words[index].Right).Order().ToArray();
        return Math.Min(gaps[gaps.Length / 2] * 1.6, words[0].Size * 0.6);
    }
}
