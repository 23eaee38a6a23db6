namespace Terroir.Retrieval.Vectors.Kernels;

/// <summary>Where things stand in a block of 64 rows' 1-bit codes. See <c>docs/formats/vectors.md</c>.</summary>
/// <remarks>For each group of eight components 64 bytes, one a row, then four arrays of 64 floats. Rows 0 to 31 have
/// the even bytes and rows 32 to 63 the odd ones, so that two sums of 16 bits come out in the order of the
/// rows.</remarks>
internal static class BitBlock
{
    /// <summary>How many components one byte of a code holds.</summary>
    public const int GroupSize = 8;

    /// <summary>How many rows share an array: even bytes for the first, odd bytes for the others.</summary>
    public const int HalfCount = IVectorKernels.BlockRowCount / 2;

    private const int FactorCount = 4;

    /// <summary>The size of a block in bytes.</summary>
    /// <param name="codeLength">Components of a code.</param>
    public static int SizeBytes(int codeLength) => IVectorKernels.BlockRowCount
        * ((codeLength / GroupSize) + (FactorCount * sizeof(float)));

    /// <summary>Where a row's byte of a group stands, from the start of the block.</summary>
    public static int CodeAt(int row, int group) => (group * IVectorKernels.BlockRowCount)
        + (row < HalfCount ? 2 * row : (2 * (row - HalfCount)) + 1);

    /// <summary>Where a row's factor stands, from the start of the block in bytes: 0 offset, 1 scale, 2 fold, 3 error.
    /// </summary>
    public static int FactorAt(int row, int factor, int groupCount) => IVectorKernels.BlockRowCount * groupCount
        + (((factor * IVectorKernels.BlockRowCount) + row) * sizeof(float));
}
