using Terroir.Catalog;
using Terroir.Retrieval.Meaning;
using Terroir.Storage;

namespace Terroir.Retrieval.Derived;

/// <summary>Keeps what opening a large collection computes, so that the next process need not.</summary>
/// <param name="store">Where; <see langword="null"/> keeps nothing.</param>
/// <param name="documentCountMin">Smaller collections open at once without.</param>
internal sealed class SnapshotFiles(IDerivedStore? store, int documentCountMin = SnapshotFiles.DocumentCountMin)
{
    /// <summary>Smaller collections are read whole in some tens of milliseconds.</summary>
    internal const int DocumentCountMin = 4_096;

    /// <summary>The records are written anew when more than one in so many documents has changed since.</summary>
    internal const int ChangedShare = 8;

    private const string RecordsPrefix = "records.";
    private const string WatchPrefix = "learning.";

    /// <summary>Nothing is kept.</summary>
    public static SnapshotFiles None { get; } = new(null);

    /// <summary>Whether something is kept of so many documents.</summary>
    public bool IsLarge(int documentCount) => store is not null && documentCount >= documentCountMin;

    /// <summary>Finds the records of a generation that the collection's history went through.</summary>
    /// <returns>The records, or <see langword="null"/> if none are kept that can be used.</returns>
    public async Task<RecordFile?> FindRecordsAsync(
        ICatalog catalog,
        CollectionId collection,
        CancellationToken cancellationToken)
    {
        var name = RecordsPrefix + collection.Value;
        if (store?.Open(name) is not { } bytes)
        {
            return null;
        }

        // Another history, put back from a backup, may have a generation of the same number.
        if (RecordFile.Read(bytes) is { } file
            && await catalog.KnowsAsync(collection, file.Generation, file.Manifest, cancellationToken))
        {
            return file;
        }

        store.Delete(name);
        return null;
    }

    /// <summary>Keeps a snapshot's records, if that pays.</summary>
    /// <param name="head">The head.</param>
    /// <param name="segments">The segments.</param>
    /// <param name="kept">What was found when it was opened.</param>
    /// <param name="state">What was read beside.</param>
    public void KeepRecords(
        CollectionHead head,
        IReadOnlyList<SnapshotSegment> segments,
        RecordFile? kept,
        CollectionRecords state)
    {
        var count = segments.Sum(segment => segment.Records.Length);
        if (store is null || !IsLarge(count))
        {
            return;
        }

        // A document that was removed does not stay in the file.
        var isFresh = kept is not null && state.Since > 0
            && state.Removed.Count == 0
            && state.Documents.Count * (long)ChangedShare <= count;
        if (!isFresh)
        {
            store.Put(RecordsPrefix + head.Collection.Value, stream => RecordFile.Write(stream, head, segments));
        }
    }

    /// <summary>Finds vectors, or computes them and keeps those of a large segment.</summary>
    /// <param name="name">Which.</param>
    /// <param name="documentCount">How many documents the segment has.</param>
    /// <param name="compute">Computes them.</param>
    public DocumentVectors Vectors(VectorFileName name, int documentCount, Func<DocumentVectors> compute)
    {
        if (FindVectors(name, documentCount) is { } kept)
        {
            return kept;
        }

        var computed = compute();

        // Mapped they belong to the system's cache and not to this process.
        return IsLarge(documentCount) && store!.Put($"{name}", stream => VectorFile.Write(stream, name, computed))
            ? FindVectors(name, documentCount) ?? computed
            : computed;
    }

    /// <summary>Deletes the vectors of a collection that no search will ask for.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="basis">The basis in force.</param>
    /// <param name="segments">The segments.</param>
    public void KeepVectorsOf(CollectionId collection, ContentHash basis, IEnumerable<ContentHash> segments)
    {
        var names = segments.Select(segment => $"{new VectorFileName(collection, segment, basis)}")
            .ToHashSet(StringComparer.Ordinal);
        foreach (var name in store?.List(VectorFileName.PrefixOf(collection)) ?? [])
        {
            if (!names.Contains(name))
            {
                store!.Delete(name);
            }
        }
    }

    /// <summary>Finds what a watch knew.</summary>
    public WatchState? FindWatch(CollectionId collection) =>
        store?.Open(WatchPrefix + collection.Value) is { } bytes ? WatchFile.Read(bytes) : null;

    /// <summary>Keeps what a watch knows.</summary>
    public void KeepWatch(CollectionId collection, WatchState state) =>
        store?.Put(WatchPrefix + collection.Value, stream => WatchFile.Write(stream, state));

    private DocumentVectors? FindVectors(VectorFileName name, int documentCount) =>
        store?.Open($"{name}") is { } bytes ? VectorFile.Read(bytes, name, documentCount) : null;
}
