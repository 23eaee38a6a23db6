using System.Runtime.InteropServices;

namespace Terroir.Readers.Pdf;

/// <summary>Where a part of a line begins and ends, and which line it is.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TableSpan(double Left, double Right, int Line)
{
    public double Middle => (Left + Right) / 2;
}
