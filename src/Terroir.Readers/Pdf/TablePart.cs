namespace Terroir.Readers.Pdf;

/// <summary>A part of a line within one cell.</summary>
internal sealed record TablePart(int Column, int ColumnEnd, PdfLine Line)
{
    /// <summary>Mostly digits, or a sign that stands for a figure.</summary>
    public bool IsFigure
    {
        get
        {
            var text = Line.Text;
            var digits = text.Count(char.IsDigit);
            return digits > 0 ? digits * 2 >= text.Count(char.IsLetterOrDigit)
                : text.Length <= 3 && !text.Any(char.IsLetter);
        }
    }
}
