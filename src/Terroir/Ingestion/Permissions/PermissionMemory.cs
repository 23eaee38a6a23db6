using System.Collections.Concurrent;

namespace Terroir.Ingestion.Permissions;

/// <summary>Keeps what was computed from permissions: a folder has few that differ, each met many times.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
internal sealed class PermissionMemory<TKey, TValue>
    where TKey : notnull
{
    /// <summary>How many results are remembered; then they are computed anew.</summary>
    internal const int CountMax = 4_096;

    private readonly ConcurrentDictionary<TKey, TValue> _known = new();

    /// <summary>Finds a result, or computes it.</summary>
    public TValue Find(TKey key, Func<TKey, TValue> compute)
    {
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_known.Count >= CountMax)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(key, compute);
    }
}
