namespace Terroir.Retrieval;

/// <summary>Keeps what was used last, within a bound; the least recently used leaves first.</summary>
/// <remarks>Safe to call from several threads. It holds only what can be computed again.</remarks>
/// <param name="capacity">The greatest sum of weights; heavier values are not kept at all.</param>
/// <param name="weigh">The weight of a value; positive and always the same for one value.</param>
/// <param name="comparer">Tells keys apart.</param>
internal sealed class BoundedCache<TKey, TValue>(
    long capacity,
    Func<TValue, long> weigh,
    IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = new(comparer);
    private readonly LinkedList<(TKey Key, TValue Value)> _byUse = new();
    private readonly Lock _lock = new();
    private long _weight;

    /// <summary>How many values it holds.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _nodes.Count;
            }
        }
    }

    /// <summary>Finds a value.</summary>
    public TValue? Find(TKey key)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(key, out var node))
            {
                return default;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Value;
        }
    }

    /// <summary>Keeps a value; one that is there under the key gives way.</summary>
    public void Keep(TKey key, TValue value)
    {
        lock (_lock)
        {
            Remove(key);
            if (weigh(value) > capacity)
            {
                return;
            }

            _nodes[key] = _byUse.AddFirst((key, value));
            _weight += weigh(value);
            while (_weight > capacity)
            {
                Remove(_byUse.Last!.Value.Key);
            }
        }
    }

    private void Remove(TKey key)
    {
        if (_nodes.Remove(key, out var node))
        {
            _byUse.Remove(node);
            _weight -= weigh(node.Value.Value);
        }
    }
}
