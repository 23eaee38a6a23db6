using System.Runtime.InteropServices;

namespace Terroir.Readers.Pdf;

/// <summary>What parts two columns.</summary>
/// <param name="Left">Where the free strip begins.</param>
/// <param name="Right">Where it ends.</param>
/// <param name="IsRuled">An upright rule is drawn in it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ColumnGap(double Left, double Right, bool IsRuled)
{
    public double Middle => (Left + Right) / 2;
}
