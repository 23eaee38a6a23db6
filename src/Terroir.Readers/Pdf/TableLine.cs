namespace Terroir.Readers.Pdf;

/// <summary>A line of a table, with the columns that its parts stand in.</summary>
internal sealed record TableLine(double Baseline, double Size, IReadOnlyList<TablePart> Parts)
{
    public int Start => Parts.Min(part => part.Column);

    public int FilledCount => Parts.Sum(part => part.ColumnEnd - part.Column + 1);

    public bool HasSpan => Parts.Any(part => part.ColumnEnd > part.Column);

    public IEnumerable<int> Columns => Parts.SelectMany(part =>
        Enumerable.Range(part.Column, part.ColumnEnd - part.Column + 1));

    /// <summary>Whether most parts behind the first column are figures.</summary>
    public bool IsData
    {
        get
        {
            var values = Parts.Where(part => part.Column > 0).ToArray();
            return values.Length > 0 && values.Count(part => part.IsFigure) * 2 >= values.Length;
        }
    }
}
