using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>Words on one line, from left to right.</summary>
internal sealed class PdfLine
{
    private readonly bool _isRightToLeft;
    private string? _text;

    public PdfLine(IReadOnlyList<PdfWord> words, bool isRightToLeft)
    {
        _isRightToLeft = isRightToLeft;
        Words = words;
        var main = words[0];
        var (left, bottom, right, top) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        var bold = 0;
        var letters = 0;
        foreach (var word in words)
        {
            main = word.Text.Length > main.Text.Length || word.Size > main.Size * 1.3 ? word : main;
            left = Math.Min(left, word.Left);
            bottom = Math.Min(bottom, word.Bottom);
            right = Math.Max(right, word.Right);
            top = Math.Max(top, word.Top);
            letters += word.Text.Length;
            bold += word.IsBold ? word.Text.Length : 0;
        }

        Size = main.Size;
        Baseline = main.Baseline;
        Font = main.Font;
        Role = (PdfRole)main.Mark;
        LetterCount = letters;
        IsBold = bold > 0.8 * letters;
        Box = new PageBox(left, bottom, right, top);
    }

    public IReadOnlyList<PdfWord> Words { get; }

    public PageBox Box { get; }

    /// <summary>The letter size of most of the line, in points.</summary>
    public double Size { get; }

    public double Baseline { get; }

    public string Font { get; }

    public bool IsBold { get; }

    /// <summary>What a tagged file says that the line is.</summary>
    public PdfRole Role { get; }

    public int LetterCount { get; }

    public double Left => Box.Left;

    public double Right => Box.Right;

    public double Width => Box.Right - Box.Left;

    /// <summary>The text in the order in which it is spoken.</summary>
    public string Text => _text ??= BidiOrder.ToLogical(string.Join(' ', Words.Select(word => word.Text)),
        _isRightToLeft);

    /// <summary>Cuts the line where a gap is wider than some letter sizes.</summary>
    public List<PdfLine> Parts(double gap)
    {
        var parts = new List<PdfLine>();
        var start = 0;
        for (var index = 1; index <= Words.Count; index++)
        {
            if (index == Words.Count || GapBefore(index) > gap * Math.Min(Size, Words[index].Size * 1.4))
            {
                parts.Add(start == 0 && index == Words.Count ? this : Slice(start, index));
                start = index;
            }
        }

        return parts;
    }

    /// <summary>Some of the words as a line of its own.</summary>
    public PdfLine Slice(int start, int end) => new([.. Words.Skip(start).Take(end - start)], _isRightToLeft);

    /// <summary>The free space before a word, in points.</summary>
    public double GapBefore(int index) => Words[index].Left - Words[index - 1].Right;
}
