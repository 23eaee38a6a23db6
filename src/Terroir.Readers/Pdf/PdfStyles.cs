namespace Terroir.Readers.Pdf;

/// <summary>The letter sizes of a document: which is the running text's, and which are headings'.</summary>
internal sealed class PdfStyles
{
    private const double HeadingRatio = 1.1;
    private const int LevelMax = 5;
    private const int HeadingLettersMax = 220;

    /// <summary>Longer lines are no headings, whatever the tags say.</summary>
    private const int TaggedLettersMax = 400;

    private readonly double[] _sizes;
    private readonly HashSet<string> _outline;

    public PdfStyles(IEnumerable<PdfLine> lines, IEnumerable<string> outline)
    {
        var weights = new Dictionary<double, int>();
        var bold = 0;
        var all = 0;
        foreach (var line in lines)
        {
            weights[Rounded(line)] = weights.GetValueOrDefault(Rounded(line)) + line.LetterCount;
            bold += line.IsBold ? line.LetterCount : 0;
            all += line.LetterCount;
            HasTaggedHeadings |= line.Role is >= PdfRole.Heading1 and <= PdfRole.Heading6;
        }

        Body = weights.OrderByDescending(pair => pair.Value).Select(pair => pair.Key).FirstOrDefault();
        IsMostlyBold = bold * 2 > all;
        _sizes = Cluster([.. weights.Keys.Where(size => size > Body * HeadingRatio).OrderDescending()]);
        _outline = [.. outline.Select(Key).Where(key => key.Length > 2)];
    }

    public double Body { get; }

    private bool IsMostlyBold { get; }

    // Many files are tagged with nothing but paragraphs: their headings are told by their looks.
    private bool HasTaggedHeadings { get; }

    /// <summary>The level of a line that looks like a heading, 1 to 6; 0 if it does not.</summary>
    public int LevelOf(PdfLine line)
    {
        if (line.LetterCount == 0 || !line.Text.Any(char.IsLetter))
        {
            return 0;
        }

        if (HasTaggedHeadings && line.Role != PdfRole.None)
        {
            return line.Role <= PdfRole.Heading6 && line.LetterCount <= TaggedLettersMax ? (int)line.Role : 0;
        }

        if (line.LetterCount > HeadingLettersMax)
        {
            return 0;
        }

        var size = Rounded(line);
        if (size > Body * HeadingRatio)
        {
            return Math.Max(1 + Array.FindIndex(_sizes, least => size >= least), NumberDepth(line.Text));
        }

        if (size < Body * 0.92)
        {
            return 0;
        }

        var isInOutline = _outline.Contains(Key(line.Text));
        var isBoldHead = line.IsBold && !IsMostlyBold && line.LetterCount < 90 && !EndsLikeText(line.Text)
            && !ListMarks.IsMark(line.Text);
        return isInOutline || isBoldHead
            ? Math.Max(Math.Min(_sizes.Length + 1, LevelMax + 1), NumberDepth(line.Text))
            : 0;
    }

    // "4.2.1 Flächeninhalt" stands on the third level or below, whatever its size.
    private static int NumberDepth(string text)
    {
        var number = text[..Math.Max(0, text.IndexOf(' ', StringComparison.Ordinal))].TrimEnd('.');
        var parts = number.Split('.');
        var isNumber = number.Length > 0
            && Array.TrueForAll(parts, part => part.Length is > 0 and < 4 && part.All(char.IsDigit));
        return isNumber ? Math.Min(parts.Length, LevelMax + 1) : 0;
    }

    // Sizes that differ little are one level.
    private static double[] Cluster(double[] sizes)
    {
        var levels = new List<double>();
        var high = double.MaxValue;
        foreach (var size in sizes)
        {
            if (levels.Count > 0 && (size > high * 0.94 || levels.Count == LevelMax))
            {
                levels[^1] = size;
            }
            else
            {
                levels.Add(size);
                high = size;
            }
        }

        return [.. levels];
    }

    private static bool EndsLikeText(string text) => text[^1] is '.' or ',' or ';' && text.Length > 3;

    private static double Rounded(PdfLine line) => Math.Round(line.Size * 2) / 2;

    private static string Key(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
