using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>Turns points and boxes by quarters about the page's origin.</summary>
internal static class Turned
{
    /// <summary>Turns a point so that text with this direction runs to the right.</summary>
    public static (double X, double Y) Into(double x, double y, int turn) => turn switch
    {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    };

    /// <summary>Turns a point back onto the page.</summary>
    public static (double X, double Y) Back(double x, double y, int turn) => turn switch
    {
        1 => (-y, x),
        2 => (-x, -y),
        3 => (y, -x),
        _ => (x, y),
    };

    /// <summary>Turns a box back onto the page, rounded to a tenth of a point.</summary>
    public static PageBox Back(PageBox box, int turn)
    {
        var (x1, y1) = Back(box.Left, box.Bottom, turn);
        var (x2, y2) = Back(box.Right, box.Top, turn);
        return new PageBox(
            Math.Round(Math.Min(x1, x2), 1),
            Math.Round(Math.Min(y1, y2), 1),
            Math.Round(Math.Max(x1, x2), 1),
            Math.Round(Math.Max(y1, y2), 1));
    }
}
