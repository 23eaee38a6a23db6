using System.Runtime.InteropServices;

namespace Terroir.Readers.Pdf;

/// <summary>A straight drawn line, level or upright.</summary>
/// <param name="At">Its height if level, its place from the left if upright.</param>
/// <param name="Start">The left or the lower end.</param>
/// <param name="End">The right or the upper end.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PdfRule(double At, double Start, double End)
{
    public double Length => End - Start;

    /// <summary>How much of a stretch the rule covers, in points.</summary>
    public double Cover(double start, double end) => Math.Max(0, Math.Min(End, end) - Math.Max(Start, start));
}
