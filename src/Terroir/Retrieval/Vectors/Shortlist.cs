namespace Terroir.Retrieval.Vectors;

/// <summary>Rows that may be among the best, by bounds of their scores, until their exact scores are
/// computed.</summary>
/// <remarks>Its threshold is the k-th best lower bound: k rows are at least as good as that, so what has a smaller
/// upper bound is not among the best k, not even by a tie.</remarks>
internal sealed class Shortlist
{
    private const int FirstCapacity = 1_024;

    private readonly PriorityQueue<float, float> _lowerBounds = new();
    private float[] _orders = new float[FirstCapacity];
    private int[] _rows = new int[FirstCapacity];
    private int _compactAt = FirstCapacity;
    private int _capacity;

    /// <summary>The least upper bound that matters.</summary>
    public float Threshold { get; private set; }

    /// <summary>How many rows are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Starts a search.</summary>
    /// <param name="capacity">How many rows are searched, k.</param>
    /// <param name="threshold">The score of the k-th best row known from elsewhere.</param>
    public void Reset(int capacity, float threshold)
    {
        _lowerBounds.Clear();
        _capacity = capacity;
        _compactAt = FirstCapacity;
        Count = 0;
        Threshold = threshold;
    }

    /// <summary>Keeps a row unless its upper bound is too low.</summary>
    public void Offer(int row, float lowerBound, float upperBound)
    {
        if (upperBound < Threshold)
        {
            return;
        }

        if (Count == _compactAt)
        {
            Compact();
        }

        (_orders[Count], _rows[Count]) = (-upperBound, row);
        Count++;
        if (_lowerBounds.Count < _capacity)
        {
            _lowerBounds.Enqueue(lowerBound, lowerBound);
        }
        else if (lowerBound > _lowerBounds.Peek())
        {
            _lowerBounds.EnqueueDequeue(lowerBound, lowerBound);
        }

        if (_lowerBounds.Count == _capacity)
        {
            Threshold = Math.Max(Threshold, _lowerBounds.Peek());
        }
    }

    /// <summary>The rows by descending upper bound, with those bounds; valid until the next call.</summary>
    public (ReadOnlyMemory<int> Rows, ReadOnlyMemory<float> NegatedBounds) Sort()
    {
        RemoveHopeless();
        Array.Sort(_orders, _rows, 0, Count);
        return (_rows.AsMemory(0, Count), _orders.AsMemory(0, Count));
    }

    private void Compact()
    {
        RemoveHopeless();
        if (Count > _compactAt / 2)
        {
            _compactAt *= 2;
            if (_compactAt > _rows.Length)
            {
                Array.Resize(ref _orders, _compactAt);
                Array.Resize(ref _rows, _compactAt);
            }
        }
    }

    private void RemoveHopeless()
    {
        var kept = 0;
        for (var at = 0; at < Count; at++)
        {
            if (-_orders[at] >= Threshold)
            {
                (_orders[kept], _rows[kept]) = (_orders[at], _rows[at]);
                kept++;
            }
        }

        Count = kept;
    }
}
