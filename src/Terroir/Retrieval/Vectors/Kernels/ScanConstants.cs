using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Vectors.Kernels;

/// <summary>What one list's rows are scanned with. A row's bound is
/// <c>base + offset + gain · (scale · (step · sum + shift) − fold) + width · error</c>, where <c>sum</c> comes from the
/// tables and offset, scale, fold and error are the row's factors.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct ScanConstants
{
    /// <summary>Two tables of 16 bytes for each group of eight components.</summary>
    public byte* Tables { get; init; }

    /// <summary>How many groups of eight components a code has.</summary>
    public int GroupCount { get; init; }

    /// <summary>What one unit of the tables is worth.</summary>
    public float Step { get; init; }

    /// <summary>What is added to the tables' sum, with the greatest rounding error of the tables.</summary>
    public float Shift { get; init; }

    /// <summary>What all rows of the list have in common.</summary>
    public float Base { get; init; }

    /// <summary>1 where bounds are rigorous; the correction of the estimator's shrinkage where they are
    /// probable.</summary>
    public float Gain { get; init; }

    /// <summary>By what a row's error is multiplied.</summary>
    public float Width { get; init; }
}
