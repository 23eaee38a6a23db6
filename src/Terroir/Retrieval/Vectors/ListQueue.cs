namespace Terroir.Retrieval.Vectors;

/// <summary>Lists by descending bound: a binary heap, since most searches visit few of many.</summary>
internal sealed class ListQueue(int capacity)
{
    private readonly float[] _bounds = new float[capacity];
    private readonly int[] _lists = new int[capacity];
    private int _count;

    /// <summary>Takes the bound of every list.</summary>
    public void Fill(ReadOnlySpan<float> bounds)
    {
        _count = bounds.Length;
        bounds.CopyTo(_bounds);
        for (var list = 0; list < _count; list++)
        {
            _lists[list] = list;
        }

        for (var at = (_count / 2) - 1; at >= 0; at--)
        {
            Sink(at);
        }
    }

    /// <summary>Takes the list with the greatest bound, the first of those that are equal.</summary>
    /// <returns>False when none is left.</returns>
    public bool TryTake(out int list, out float bound)
    {
        if (_count == 0)
        {
            (list, bound) = (-1, float.NegativeInfinity);
            return false;
        }

        (list, bound) = (_lists[0], _bounds[0]);
        _count--;
        (_lists[0], _bounds[0]) = (_lists[_count], _bounds[_count]);
        Sink(0);
        return true;
    }

    private void Sink(int at)
    {
        while ((2 * at) + 1 < _count)
        {
            var child = (2 * at) + 1;
            child = child + 1 < _count && IsBefore(child + 1, child) ? child + 1 : child;
            if (!IsBefore(child, at))
            {
                return;
            }

            (_lists[at], _lists[child]) = (_lists[child], _lists[at]);
            (_bounds[at], _bounds[child]) = (_bounds[child], _bounds[at]);
            at = child;
        }
    }

    private bool IsBefore(int a, int b) =>
        _bounds[a] > _bounds[b] || (_bounds[a] == _bounds[b] && _lists[a] < _lists[b]);
}
