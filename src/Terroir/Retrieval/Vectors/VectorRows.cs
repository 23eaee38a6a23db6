using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>Vectors in memory with their numbers and keys, at fixed addresses, in the order in which they
/// came.</summary>
/// <remarks>One thread may add while others read the rows below a <see cref="Count"/> that they have read.</remarks>
internal sealed unsafe class VectorRows(int dimensions)
{
    private const int ChunkRowCount = 1_024;

    private readonly int _stride = VectorLimits.Pad(dimensions, IVectorKernels.LaneCount);
    private Chunk[] _chunks = [];
    private int _count;

    public int Dimensions => dimensions;

    /// <summary>Components from one row to the next; those behind a vector are 0.</summary>
    public int Stride => _stride;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a vector.</summary>
    /// <exception cref="VectorUnusableException">It has another length or is not finite.</exception>
    public void Add(int number, ulong key, ReadOnlySpan<float> vector)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        VectorLimits.Check(vector, dimensions);
        var at = _count % ChunkRowCount;
        if (at == 0)
        {
            _chunks = [.. _chunks, new Chunk(_stride)];
        }

        var chunk = _chunks[_count / ChunkRowCount];
        chunk.Numbers[at] = number;
        chunk.Keys[at] = key;
        vector.CopyTo(chunk.Values.AsSpan(at * _stride));
        Volatile.Write(ref _count, _count + 1);
    }

    public int Number(int row) => _chunks[row / ChunkRowCount].Numbers[row % ChunkRowCount];

    public ulong Key(int row) => _chunks[row / ChunkRowCount].Keys[row % ChunkRowCount];

    /// <summary>A row's first component; <see cref="Stride"/> of them may be read.</summary>
    public float* Row(int row) =>
        _chunks[row / ChunkRowCount].Start + ((long)(row % ChunkRowCount) * _stride);

    private sealed class Chunk
    {
        public Chunk(int stride)
        {
            Values = GC.AllocateArray<float>(ChunkRowCount * stride, pinned: true);
            Start = (float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(Values, 0);
        }

        public int[] Numbers { get; } = new int[ChunkRowCount];

        public ulong[] Keys { get; } = new ulong[ChunkRowCount];

        public float[] Values { get; }

        public float* Start { get; }
    }
}
