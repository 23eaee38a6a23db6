using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>The sizes and places in a vector block. All follow from three numbers of its header: the components,
/// the rows and the lists.</summary>
internal sealed class VectorBlockFormat
{
    /// <summary>The layout that is written, and the only one that is read.</summary>
    public const ushort Version = 1;

    /// <summary>Magic, version, counts and block-wide figures.</summary>
    public const int HeaderSizeBytes = 64;

    /// <summary>Sections begin at multiples of this; what lies between is 0.</summary>
    public const int AlignmentBytes = 64;

    /// <summary>SHA-256.</summary>
    public const int HashSizeBytes = 32;

    /// <summary>How many sections there are.</summary>
    public const int SectionCount = 10;

    /// <summary>A hash for each section, and one over the header and those.</summary>
    public const int FooterSizeBytes = (SectionCount + 1) * HashSizeBytes;

    private readonly long[] _starts = new long[SectionCount];
    private readonly long[] _sizes;

    /// <summary>Computes where everything stands.</summary>
    /// <param name="dimensions">Components of a vector, 1 to <see cref="VectorLimits.DimensionsMax"/>.</param>
    /// <param name="rowCount">Vectors, 0 or more.</param>
    /// <param name="listCount">Lists, 1 or more.</param>
    public VectorBlockFormat(int dimensions, int rowCount, int listCount)
    {
        Dimensions = dimensions;
        RowCount = rowCount;
        ListCount = listCount;
        Stride = VectorLimits.Pad(dimensions, IVectorKernels.LaneCount);
        CodeLength = VectorLimits.Pad(dimensions, IVectorKernels.CodeLaneCount);
        FineSizeBytes = CodeLength / 2;
        CoarseSizeBytes = FineSizeBytes + ByteCode.FactorsSizeBytes;
        BlockSizeBytes = BitBlock.SizeBytes(CodeLength);
        BlockCount = (int)(((long)rowCount + IVectorKernels.BlockRowCount - 1) / IVectorKernels.BlockRowCount);
        _sizes =
        [
            sizeof(int) * (listCount + 1L),
            2L * sizeof(float) * listCount,
            (long)sizeof(float) * Stride * (listCount + 1L),
            (long)CoarseSizeBytes * listCount,
            (long)BlockSizeBytes * BlockCount,
            (long)CoarseSizeBytes * rowCount,
            (long)FineSizeBytes * rowCount,
            (long)sizeof(int) * rowCount,
            (long)sizeof(ulong) * rowCount,
            (long)sizeof(float) * Stride * rowCount,
        ];
        long at = HeaderSizeBytes;
        for (var section = 0; section < SectionCount; section++)
        {
            _starts[section] = at;
            at += (_sizes[section] + AlignmentBytes - 1) & -AlignmentBytes;
        }

        FooterAt = at;
    }

    /// <summary>The first four bytes.</summary>
    public static ReadOnlySpan<byte> Magic => "TEVB"u8;

    /// <summary>Components of a vector.</summary>
    public int Dimensions { get; }

    /// <summary>Components of a row of floats, with the zeros at its end.</summary>
    public int Stride { get; }

    /// <summary>Components of a code, with the zeros at its end.</summary>
    public int CodeLength { get; }

    /// <summary>The size of a coarse code with its factors.</summary>
    public int CoarseSizeBytes { get; }

    /// <summary>The size of what makes a coarse code a whole one.</summary>
    public int FineSizeBytes { get; }

    /// <summary>The size of 64 rows' 1-bit codes with their factors.</summary>
    public int BlockSizeBytes { get; }

    /// <summary>How many blocks of 1-bit codes there are.</summary>
    public int BlockCount { get; }

    public int RowCount { get; }

    public int ListCount { get; }

    /// <summary>Where the footer begins.</summary>
    public long FooterAt { get; }

    /// <summary>The size of the whole block in bytes.</summary>
    public long SizeBytes => FooterAt + FooterSizeBytes;

    /// <summary>Where a section begins, in bytes from the start of the block.</summary>
    public long StartOf(VectorSection section) => _starts[(int)section];

    /// <summary>The size of a section in bytes.</summary>
    public long SizeOf(VectorSection section) => _sizes[(int)section];
}
