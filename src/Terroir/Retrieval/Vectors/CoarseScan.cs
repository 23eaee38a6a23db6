using System.Numerics;
using System.Runtime.CompilerServices;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>Few rows with what their coarse codes tell of them, and which of them look best.</summary>
internal sealed class CoarseScan
{
    private readonly PriorityQueue<int, float> _best = new();
    private int[] _rows = [];
    private int[] _taken = [];
    private int[] _products = [];
    private float[] _upperBounds = [];
    private int _count;
    private int _bestCount;
    private float _leastBest;

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    /// <summary>For each row the product of its coarse code with the query's bytes.</summary>
    public ReadOnlySpan<int> Products => _products.AsSpan(0, _count);

    /// <summary>For each row the greatest score that it can have; no number once it was taken.</summary>
    public ReadOnlySpan<float> UpperBounds => _upperBounds.AsSpan(0, _count);

    /// <summary>Starts a scan.</summary>
    /// <param name="bestCount">How many rows count as best.</param>
    /// <param name="rowCountMax">How many rows are added at most.</param>
    public void Reset(int bestCount, int rowCountMax)
    {
        _best.Clear();
        (_count, _bestCount, _leastBest) = (0, bestCount, float.NegativeInfinity);
        if (rowCountMax > _rows.Length)
        {
            (_rows, _products, _upperBounds) = (new int[rowCountMax], new int[rowCountMax], new float[rowCountMax]);
        }
    }

    /// <summary>Adds rows of a block of 64.</summary>
    public void Add(int word, ulong rows)
    {
        for (; rows != 0; rows &= rows - 1)
        {
            _rows[_count++] = (word * IVectorKernels.BlockRowCount) + BitOperations.TrailingZeroCount(rows);
        }
    }

    /// <summary>Keeps what the coarse code of a row says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int at, int product, float score, float upperBound)
    {
        (_products[at], _upperBounds[at]) = (product, upperBound);
        if (score > _leastBest)
        {
            PutBest(at, score);
        }
    }

    /// <summary>The places of the rows with the best scores; their bounds say from now on that they were
    /// taken.</summary>
    public ReadOnlySpan<int> TakeBest()
    {
        if (_taken.Length < _best.Count)
        {
            _taken = new int[_best.Count];
        }

        var count = 0;
        foreach (var (at, _) in _best.UnorderedItems)
        {
            _upperBounds[at] = float.NaN;
            _taken[count++] = at;
        }

        return _taken.AsSpan(0, count);
    }

    private void PutBest(int at, float score)
    {
        if (_best.Count < _bestCount)
        {
            _best.Enqueue(at, score);
        }
        else
        {
            _best.EnqueueDequeue(at, score);
        }

        if (_best.Count == _bestCount && _best.TryPeek(out _, out var least))
        {
            _leastBest = least;
        }
    }
}
