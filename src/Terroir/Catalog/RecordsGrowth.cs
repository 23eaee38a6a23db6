using System.Collections.Concurrent;

namespace Terroir.Catalog;

/// <summary>Remembers how large a collection's written records were when they were found to be worth keeping: measuring
/// looks at every row, and few more bytes change nothing.</summary>
/// <remarks>Safe to call from several threads. It holds a number for each collection, and a process starts
/// without.</remarks>
internal sealed class RecordsGrowth
{
    /// <summary>They are measured again when they have grown by one in so many bytes.</summary>
    internal const int GrownShare = 8;

    private readonly ConcurrentDictionary<CollectionId, long> _measured = [];

    /// <summary>Whether records of a size are to be measured.</summary>
    public bool IsToMeasure(CollectionId collection, long writtenSize) =>
        !_measured.TryGetValue(collection, out var before)
        || writtenSize < before
        || writtenSize - before >= before / GrownShare;

    /// <summary>Notes that records of a size are worth keeping.</summary>
    public void Measured(CollectionId collection, long writtenSize) => _measured[collection] = writtenSize;
}
