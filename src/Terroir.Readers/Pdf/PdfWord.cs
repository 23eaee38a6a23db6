using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>Letters that stand together, in the page's points, in the order the eye sees them. Right-to-left letters
/// are still in visual order.</summary>
internal sealed class PdfWord
{
    public required string Text { get; set; }

    public required double Left { get; init; }

    public required double Right { get; set; }

    public required double Bottom { get; init; }

    public required double Top { get; init; }

    /// <summary>The line that the letters stand on.</summary>
    public required double Baseline { get; init; }

    /// <summary>The size of the letters, in points.</summary>
    public required double Size { get; init; }

    public required string Font { get; init; }

    public bool IsBold { get; init; }

    public bool IsItalic { get; init; }

    /// <summary>The place among the page's letters as they are drawn.</summary>
    public required int Order { get; init; }

    /// <summary>A drawn space touches the left, or the right side.</summary>
    public bool HasSpaceBefore { get; set; }

    public bool HasSpaceAfter { get; set; }

    /// <summary>The text runs up, down, upside down or aslant: it is no part of the lines about it.</summary>
    public bool IsTurned { get; init; }

    /// <summary>What a tagged file says that the word is: a <see cref="PdfRole"/>.</summary>
    public int Mark { get; init; }

    public double Width => Right - Left;

    public double MiddleX => (Left + Right) / 2;

    public double MiddleY => (Bottom + Top) / 2;

    public bool IsIn(PageBox box) =>
        MiddleX >= box.Left && MiddleX <= box.Right && MiddleY >= box.Bottom && MiddleY <= box.Top;
}
