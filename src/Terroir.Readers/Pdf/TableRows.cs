using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>Decides which lines of a table make one row.</summary>
internal static class TableRows
{
    /// <summary>Lines of one cell stand no further apart than this many letter sizes.</summary>
    private const double CellPitchMax = 1.38;

    /// <summary>Returns the first line of each row, and the cells that go over several rows.</summary>
    public static (List<int> Starts, List<RowSpan> Spans) Split(
        IReadOnlyList<TableLine> lines,
        PdfRules rules,
        PageBox box)
    {
        var starts = new List<int> { 0 };
        var spans = new List<RowSpan>();
        var pitches = Enumerable.Range(1, Math.Max(0, lines.Count - 1))
            .Select(index => (lines[index - 1].Baseline - lines[index].Baseline) / lines[index].Size)
            .ToArray();
        var tight = Tight(pitches);
        var firstData = FirstData(lines);
        var ruled = Enumerable.Range(1, Math.Max(0, lines.Count - 1))
            .Select(index => IsRuled(lines[index - 1], lines[index], rules, box))
            .ToArray();
        var isLattice = IsLattice(lines, ruled, rules, box);
        for (var index = 1; index < lines.Count; index++)
        {
            if (ruled[index - 1])
            {
                starts.Add(index);
            }
            else if (isLattice)
            {
                index = AddBand(lines, ruled, index, starts, spans);
            }
            else if (!IsOneRow(lines, starts[^1], index, (pitches[index - 1], tight), firstData))
            {
                starts.Add(index);
            }
        }

        AddCentred(lines, pitches, starts, spans);
        return (starts, spans);
    }

    // The pitch of lines within a cell where rows stand further apart, in letter sizes; 0 if all are alike.
    private static double Tight(double[] pitches)
    {
        var sorted = pitches.Where(pitch => pitch > 0.85).Order().ToArray();
        if (sorted.Length < 3)
        {
            return 0;
        }

        var least = sorted[sorted.Length / 10];
        var wide = sorted.Count(pitch => pitch > least * 1.22);
        return wide * 5 >= sorted.Length && least < CellPitchMax ? least * 1.12 : 0;
    }

    private static int FirstData(IReadOnlyList<TableLine> lines)
    {
        for (var index = 0; index < lines.Count; index++)
        {
            if (lines[index].IsData && lines[index].FilledCount > 1)
            {
                return index;
            }
        }

        return 0;
    }

    private static bool IsRuled(TableLine above, TableLine below, PdfRules rules, PageBox box)
    {
        var high = above.Baseline + (0.25 * above.Size);
        var low = below.Baseline + (0.45 * below.Size);
        return rules.Level.Any(rule => rule.At < high && rule.At > low
            && rule.Cover(box.Left, box.Right) > Math.Min(25, 0.2 * (box.Right - box.Left)));
    }

    // Rules between most rows and between columns: where no rule is, the row goes on.
    private static bool IsLattice(IReadOnlyList<TableLine> lines, bool[] ruled, PdfRules rules, PageBox box)
    {
        var uprights = rules.Upright.Count(rule => rule.Cover(box.Bottom, box.Top) > 0.5 * (box.Top - box.Bottom));
        return uprights >= 2 && ruled.Count(isRuled => isRuled) * 4 >= lines.Count - 1;
    }

    // Between two rules of a lattice, lines are rows of their own only if they look like rows: figures, in the same
    // columns. What stands in other columns goes over all of them. Returns the last line of the band.
    private static int AddBand(
        IReadOnlyList<TableLine> lines,
        bool[] ruled,
        int index,
        List<int> starts,
        List<RowSpan> spans)
    {
        var start = index - 1;
        var end = index;
        while (end < ruled.Length && !ruled[end])
        {
            end++;
        }

        var band = Enumerable.Range(start, end - start + 1).ToArray();
        if (IsForm(band, lines))
        {
            starts.AddRange(band.Skip(1));
            return end;
        }

        var data = band.Where(line => lines[line].Parts.Count >= 2 && lines[line].Parts.Any(part => part.IsFigure))
            .ToArray();
        var columns = data.Length < 2 ? []
            : data.Select(line => lines[line].Columns.ToHashSet()).Aggregate((a, b) =>
            {
                a.IntersectWith(b);
                return a;
            });
        var isManyRows = columns.Count >= 2
            && Array.TrueForAll(data, line => lines[line].Parts.Any(part =>
                part.IsFigure && columns.Contains(part.Column)))
            && Array.TrueForAll(band, line => data.Contains(line) || !lines[line].Columns.Any(columns.Contains));
        if (!isManyRows)
        {
            foreach (var line in band.Skip(1))
            {
                if (lines[line].Parts.Count > 1 && HasSpanOver(lines, starts[^1], line))
                {
                    starts.Add(line);
                }
            }

            return end;
        }

        var row = starts.Count - 1;
        starts.AddRange(data.Skip(1));
        foreach (var column in band.SelectMany(line => lines[line].Columns).Distinct().Where(c => !columns.Contains(c)))
        {
            spans.Add(new RowSpan(row, starts.Count - 1, column));
        }

        return end;
    }

    // A label with a colon and its value on each line.
    private static bool IsForm(int[] band, IReadOnlyList<TableLine> lines) =>
        band.Length >= 2
        && Array.TrueForAll(band, line => lines[line].Parts.Count >= 2
            && lines[line].Parts[0].Line.Text.EndsWith(':'));

    // A label that stands halfway between two rows belongs to both.
    private static void AddCentred(
        IReadOnlyList<TableLine> lines,
        double[] pitches,
        List<int> starts,
        List<RowSpan> spans)
    {
        for (var row = 0; row + 1 < starts.Count; row++)
        {
            var last = starts[row + 1] - 1;
            var isBetween = last > starts[row] && pitches[last - 1] < 0.8 && pitches[last] < 0.8;
            if (isBetween && !lines[last].Columns.Intersect(lines[last - 1].Columns).Any()
                && !lines[last].Columns.Intersect(lines[last + 1].Columns).Any())
            {
                spans.AddRange(lines[last].Columns.Select(column => new RowSpan(row, row + 1, column)));
            }
        }
    }

    private static bool IsOneRow(
        IReadOnlyList<TableLine> lines,
        int start,
        int index,
        (double Here, double Tight) pitch,
        int firstData)
    {
        var (above, below) = (lines[index - 1], lines[index]);
        if (Conflicts(lines, start, index))
        {
            return false;
        }

        if (pitch.Here < 0.75)
        {
            return true;
        }

        if (pitch.Here > 2.2 || (pitch.Tight > 0 && pitch.Here > pitch.Tight * 1.05))
        {
            return false;
        }

        if (index < firstData)
        {
            return IsHeaderGoingOn(above, below);
        }

        return IsWrapped(lines, start, index, pitch.Tight > 0);
    }

    private static bool IsHeaderGoingOn(TableLine above, TableLine below)
    {
        foreach (var part in above.Parts.Where(part => part.ColumnEnd > part.Column))
        {
            if (below.Parts.Count(other => other.Column >= part.Column && other.ColumnEnd <= part.ColumnEnd) > 1)
            {
                return false;
            }
        }

        return true;
    }

    // A cell of the line reaches over columns that the row holds apart.
    private static bool Conflicts(IReadOnlyList<TableLine> lines, int start, int index)
    {
        foreach (var part in lines[index].Parts)
        {
            for (var line = start; line < index; line++)
            {
                if (lines[line].Parts.Any(other => other.Column <= part.ColumnEnd && other.ColumnEnd >= part.Column
                    && (other.Column != part.Column || other.ColumnEnd != part.ColumnEnd)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A cell of the row above reaches over two cells of the line or more.
    private static bool HasSpanOver(IReadOnlyList<TableLine> lines, int start, int index) =>
        Enumerable.Range(start, index - start).SelectMany(line => lines[line].Parts).Any(part =>
            lines[index].Parts.Count(other => other.Column >= part.Column && other.ColumnEnd <= part.ColumnEnd) > 1);

    private static bool IsWrapped(IReadOnlyList<TableLine> lines, int start, int index, bool isSpaced)
    {
        var (above, below) = (lines[index - 1], lines[index]);
        var row = Enumerable.Range(start, index - start).SelectMany(line => lines[line].Columns).ToHashSet();
        var isPartOfRow = below.Columns.All(row.Contains) && below.FilledCount < row.Count;
        var isText = below.Parts.All(part => !part.IsFigure);
        var first = below.Parts[0].Line.Text;
        var last = above.Parts.FirstOrDefault(part => part.Column == below.Start)?.Line.Text ?? "";
        var goesOn = char.IsLower(first[0]) || first[0] is '(' or '&' || last.EndsWith('-') || last.EndsWith(',')
            || last.EndsWith('(');
        if (isPartOfRow && isText)
        {
            return isSpaced || below.Start > 0 || (goesOn && below.Start == 0);
        }

        // The label takes several lines and the figures stand beside the last.
        var isLabelOnly = index - start >= 1 && row.Count == 1 && row.Contains(0);
        if (isLabelOnly && below.Start == 0 && below.FilledCount > 1)
        {
            return goesOn || (isSpaced && !last.EndsWith(':'));
        }

        return isSpaced && isText && above.Parts.All(part => !part.IsFigure) && goesOn;
    }
}
