using Terroir.Provenance;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Replays manifests into the state of a collection.</summary>
internal sealed class ManifestReplay(CatalogStores stores)
{
    private readonly Dictionary<(ContentHash, ObjectKind), StoredObject> _objects = [];
    private readonly Dictionary<ContentHash, SegmentRow> _segments = [];
    private readonly Dictionary<DocumentId, DocumentRow> _documents = [];

    /// <summary>The objects that the state needs: packs only while a document points into them.</summary>
    public IReadOnlyList<StoredObject> Objects
    {
        get
        {
            var used = _documents.Values.SelectMany(row => row.Objects).ToHashSet();
            return
            [
                .. _objects.Values.Where(item => item.Kind switch
                {
                    ObjectKind.Pack => used.Contains(item.Hash),
                    ObjectKind.Segment => _segments.ContainsKey(item.Hash),
                    _ => true,
                }),
            ];
        }
    }

    /// <summary>Replays what is needed of a chain: from the last manifest that holds everything.</summary>
    public static async Task<ManifestReplay> RunAsync(
        CatalogStores stores,
        IReadOnlyList<(GenerationManifest Manifest, ContentHash Hash)> chain,
        CancellationToken cancellationToken)
    {
        var replay = new ManifestReplay(stores);
        var first = chain.ToList().FindLastIndex(entry => entry.Manifest.IsFull);
        foreach (var (manifest, _) in chain.Skip(Math.Max(0, first)))
        {
            await replay.ApplyAsync(manifest, cancellationToken);
        }

        return replay;
    }

    public CollectionState StateAt(CollectionHead head) => new()
    {
        Head = head,
        Since = 0,
        Segments = [.. _segments.Values.OrderBy(row => row.Hash)],
        Documents = [.. _documents.Values.OrderBy(row => row.Document.Id)],
        Removed = [],
    };

    private async Task ApplyAsync(GenerationManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.IsFull)
        {
            _objects.Clear();
            _segments.Clear();
            _documents.Clear();
        }

        foreach (var item in manifest.Objects)
        {
            _objects[(item.Hash, item.Kind)] = item;
        }

        foreach (var segment in manifest.Segments)
        {
            _segments[segment.Hash] = segment;
        }

        if (manifest.Records is { } records)
        {
            var lines = await stores.ReadAsync(records, cancellationToken);
            foreach (var row in CatalogRecords.ReadRows(lines, stores.Seal))
            {
                _documents[row.Document.Id] = row;
            }
        }

        foreach (var removed in manifest.Removed)
        {
            _documents.Remove(removed);
        }

        Merge(manifest);
    }

    private void Merge(GenerationManifest manifest)
    {
        if (manifest.IsFull)
        {
            return;
        }

        var merged = manifest.MergedSegments.ToHashSet();
        foreach (var row in _documents.Values.Where(row => merged.Contains(row.Segment)).ToArray())
        {
            _documents[row.Document.Id] = row with { Segment = manifest.MergedInto ?? row.Segment };
        }

        foreach (var segment in merged)
        {
            _segments.Remove(segment);
        }
    }
}
