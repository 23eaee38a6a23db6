namespace Terroir.Retrieval.Vectors;

/// <summary>Vectors that are in no block yet: each search looks at all of them, so one is found as soon as it was
/// added.</summary>
/// <remarks>One thread may add while others search; a search sees the vectors that were there when it began.</remarks>
/// <param name="dimensions">Components of a vector.</param>
/// <param name="metric">How near two vectors are; that of the blocks it is searched with.</param>
internal sealed unsafe class VectorTail(int dimensions, VectorMetric metric) : IVectorSource
{
    /// <summary>The most vectors of a tail: beyond, a block is due.</summary>
    public const int CountMax = 65_536;

    private readonly VectorRows _rows = new(dimensions);

    public int Dimensions => dimensions;

    public VectorMetric Metric => metric;

    public int Count => _rows.Count;

    internal VectorRows Stored => _rows;

    /// <summary>Adds a vector.</summary>
    /// <param name="number">Its number in bitmaps and hits.</param>
    /// <param name="key">What orders equal vectors.</param>
    /// <param name="vector">Its components.</param>
    /// <returns>False when the tail is full: write a block of what it holds and begin another.</returns>
    /// <exception cref="VectorUnusableException">It has another length or is not finite.</exception>
    public bool TryAdd(int number, ulong key, ReadOnlySpan<float> vector)
    {
        if (Count == CountMax)
        {
            return false;
        }

        _rows.Add(number, key, vector);
        return true;
    }

    /// <inheritdoc/>
    public int Number(int row) => _rows.Number(row);

    /// <inheritdoc/>
    public ulong Key(int row) => _rows.Key(row);

    /// <inheritdoc/>
    public ReadOnlySpan<float> Vector(int row) => new(_rows.Row(row), dimensions);
}
