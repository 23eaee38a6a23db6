using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Copies what is live out of packs that are mostly dead, so that their space comes back.</summary>
internal sealed class PackRepacking(CatalogStores stores, CatalogLimits limits)
{
    /// <summary>A pack is copied when less than this share of it is live.</summary>
    internal const double LiveShareMax = 0.5;

    /// <summary>One generation copies at most about so many live bytes.</summary>
    internal const long LiveSizeMaxBytes = 64 << 20;

    // The header of a pack; anything beyond it that is not live is dead.
    private const int HeaderSizeBytes = 4;

    /// <summary>Whether every pack with a dead byte is copied, and not only where that pays.</summary>
    public bool TakesAll { get; init; }

    /// <summary>Drafts a repacking.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="readAsync">Reads the state at the head, whole; it is asked for only if that pays.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The draft, or <see langword="null"/> if there is too little to win.</returns>
    public async Task<GenerationDraft?> DraftAsync(
        CollectionId collection,
        Func<Task<CollectionState>> readAsync,
        CancellationToken cancellationToken)
    {
        var usage = await stores.Metastore.Garbage.ReadPackUsageAsync(collection, cancellationToken);
        var picked = Pick(usage);
        if (picked.Count == 0
            || (!TakesAll && picked.Sum(pack => pack.SizeBytes - pack.LiveBytes) < limits.DeadSizeMinBytes))
        {
            return null;
        }

        var state = await readAsync();
        var packs = picked.Select(pack => pack.Pack).ToHashSet();
        var rows = state.Documents.Where(row => row.Objects.Any(packs.Contains)).ToArray();
        var copies = new PackCopy(packs);
        foreach (var blob in rows.SelectMany(row => Blobs(row.Document)))
        {
            if (copies.Needs(blob))
            {
                copies.Add(blob, await stores.ReadStoredAsync(blob, cancellationToken));
            }
        }

        var contents = copies.Close();
        var moved = rows.Select(row => row with { Document = copies.Move(row.Document) }).ToArray();
        var records = StoredContent.Of(
            ObjectKind.Records,
            CatalogRecords.WriteRows(moved, state.Head.Collection, stores.Seal));
        return new GenerationDraft
        {
            Contents = [.. contents, records],
            Documents = moved,
            Records = records.WholeBlob,
        };
    }

    private List<PackUsage> Pick(IEnumerable<PackUsage> usage)
    {
        var picked = new List<PackUsage>();
        var live = 0L;
        foreach (var pack in usage.Where(IsWasteful)
            .OrderBy(pack => (double)pack.LiveBytes / pack.SizeBytes).ThenBy(pack => pack.Pack))
        {
            if (picked.Count > 0 && live + pack.LiveBytes > LiveSizeMaxBytes)
            {
                break;
            }

            picked.Add(pack);
            live += pack.LiveBytes;
        }

        return picked;
    }

    private bool IsWasteful(PackUsage pack) => TakesAll
        ? pack.SizeBytes - pack.LiveBytes > HeaderSizeBytes
        : pack.LiveBytes < pack.SizeBytes * LiveShareMax;

    private static BlobRef[] Blobs(DocumentVersion document) =>
        [document.Original, document.Text, document.Passages];

    /// <summary>The blobs of some packs, on their way into others.</summary>
    private sealed class PackCopy(IReadOnlySet<ContentHash> packs)
    {
        private readonly PackWriter _writer = new();
        private readonly Dictionary<BlobRef, int> _numbers = [];
        private IReadOnlyList<BlobRef> _blobs = [];

        public bool Needs(BlobRef blob) => packs.Contains(blob.Container) && !_numbers.ContainsKey(blob);

        public void Add(BlobRef blob, ReadOnlyMemory<byte> stored) =>
            _numbers[blob] = _writer.Add(new SealedBlob(stored, blob.Hash, blob.IsSealed));

        public IReadOnlyList<StoredContent> Close()
        {
            (_blobs, var closed) = _writer.Close();
            return
            [
                .. closed.DistinctBy(pack => pack.Hash).Select(pack => new StoredContent(
                    new StoredObject(pack.Hash, ObjectKind.Pack, pack.Content.Length),
                    pack.Content)),
            ];
        }

        public DocumentVersion Move(DocumentVersion document) => document with
        {
            Original = Move(document.Original),
            Text = Move(document.Text),
            Passages = Move(document.Passages),
        };

        private BlobRef Move(BlobRef blob) => _numbers.TryGetValue(blob, out var number) ? _blobs[number] : blob;
    }
}
