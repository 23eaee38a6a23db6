namespace Terroir.Retrieval.Vectors.Kernels;

/// <summary>The inner loops of vector search, once for each width of the processor's registers.</summary>
/// <remarks>
/// <para>All implementations return the same bits. Floating-point sums therefore have a fixed shape: 16 lanes, step
/// <c>s</c> of 16 components into accumulator <c>s mod 4</c>, fused multiply-add, and the tree of
/// <see cref="LaneSum"/>. Integer sums may take any order.</para>
/// <para>Pointers need no alignment. Lengths are checked by the callers, which padded their data with zeros.</para>
/// </remarks>
internal unsafe interface IVectorKernels
{
    /// <summary>How many components a step of a float kernel takes; float rows are padded to a multiple of
    /// it.</summary>
    const int LaneCount = 16;

    /// <summary>Of what code rows are padded to a multiple, in components.</summary>
    const int CodeLaneCount = 64;

    /// <summary>How many rows one call of <see cref="Survivors"/> looks at.</summary>
    const int BlockRowCount = 64;

    /// <summary>Whether this processor has what the kernels need.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>The inner product of two float rows.</summary>
    /// <param name="a">A row.</param>
    /// <param name="b">Another row.</param>
    /// <param name="length">Their components, a multiple of <see cref="LaneCount"/>.</param>
    static abstract float Dot(float* a, float* b, int length);

    /// <summary>The squared Euclidean distance of two float rows.</summary>
    static abstract float SquaredDistance(float* a, float* b, int length);

    /// <summary>The inner products of two rows with four others, each with one accumulator of 16 lanes.</summary>
    /// <param name="rows">Two rows, <paramref name="length"/> apart.</param>
    /// <param name="others">Four rows, <paramref name="length"/> apart.</param>
    /// <param name="length">Components of each, a multiple of <see cref="LaneCount"/>.</param>
    /// <param name="products">Eight results: the first row's with each other, then the second row's.</param>
    static abstract void DotTile(float* rows, float* others, int length, float* products);

    /// <summary>The inner product of a code of four bits a component with a query of eight.</summary>
    /// <param name="codes">The code: of each 64 components the first 32 in the low halves of 32 bytes.</param>
    /// <param name="low">The query's components for the low halves, in the order of the bytes.</param>
    /// <param name="high">Those for the high halves.</param>
    /// <param name="sizeBytes">Bytes of the code, a multiple of 32.</param>
    static abstract int DotNibbles(byte* codes, sbyte* low, sbyte* high, int sizeBytes);

    /// <summary>Bounds the scores of 64 rows by their 1-bit codes: FastScan, table look-ups by byte shuffle.</summary>
    /// <param name="block">A block of codes and factors, see <see cref="BitBlock"/>.</param>
    /// <param name="scan">The query's tables and the list's constants.</param>
    /// <param name="threshold">The least score that matters.</param>
    /// <returns>A bit for each row whose bound is at least <paramref name="threshold"/>.</returns>
    static abstract ulong Survivors(byte* block, in ScanConstants scan, float threshold);
}
