using Terroir.Catalog;
using Terroir.Protocol;

namespace Terroir.Storage.Tests.Protocol;

/// <summary>For each invariant a store, or a part above it, that breaks it: the proof that a violation is seen.
/// </summary>
internal static class BrokenStores
{
    public static Sabotage Breaking(string invariant) => invariant switch
    {
        // It says yes and does nothing.
        "I1" => new BrokenMetastore
        {
            OfCatalog = (_, call, _) => call is nameof(ICatalogStore.PublishAsync)
                ? Task.FromResult(PublishOutcome.Published)
                : null,
        },
        "I2" => new LossyObjects(),
        "I3" => new BrokenMetastore
        {
            OfCatalog = (inner, call, arguments) => call is nameof(ICatalogStore.ReadHeadAsync)
                ? NameAnotherPredecessorAsync(inner, (CollectionId)arguments[0]!)
                : null,
        },
        "I4" => new BrokenMetastore { OfGarbage = MarkWhatIsNeeded([]) },
        "I5" => new AgelessLeases(),
        "I6" => new BrokenMetastore
        {
            OfCatalog = (inner, call, arguments) => call is nameof(ICatalogStore.ReadStateAsync)
                ? ForgetRevocationsAsync(inner, (CollectionId)arguments[0]!, (long)arguments[1]!)
                : null,
        },

        // The manifests stay in the metastore.
        "I7" => new BrokenMetastore
        {
            OfCatalog = (_, call, _) => call is nameof(ICatalogStore.ListPendingManifestsAsync)
                ? Task.FromResult<IReadOnlyList<PendingManifest>>([])
                : null,
        },
        "I8" => new FlippedBits(),
        _ => throw new ArgumentOutOfRangeException(nameof(invariant)),
    };

    // Whoever reads the head is told another manifest.
    private static async Task<CollectionHead?> NameAnotherPredecessorAsync(
        ICatalogStore inner,
        CollectionId collection)
    {
        var head = await inner.ReadHeadAsync(collection, CancellationToken.None);
        return head is { Generation: > 1 } ? head with { Manifest = ContentHash.Of([7]) } : head;
    }

    // An object that a head needs is marked besides the garbage, each once: a collector goes on while there is any.
    private static Func<IMetastore, string, object?[], object?> MarkWhatIsNeeded(HashSet<ContentHash> done)
    {
        return (inner, call, arguments) => call is nameof(IGarbageStore.MarkAsync)
            ? AnswerAsync(inner, arguments)
            : null;

        async Task<IReadOnlyList<StoredObject>?> AnswerAsync(IMetastore inner, object?[] arguments)
        {
            var marked = await inner.Garbage.MarkAsync(
                (TimeSpan)arguments[0]!,
                (int)arguments[1]!,
                (Fence)arguments[2]!,
                CancellationToken.None);
            var needed = await inner.Catalog.ListObjectsAsync(new CollectionId("a"), CancellationToken.None);
            return marked is null ? null : [.. marked, .. needed.Where(item => done.Add(item.Hash)).Take(1)];
        }
    }

    // Readers see every document with the first reader, whoever may read it now.
    private static async Task<CollectionState?> ForgetRevocationsAsync(
        ICatalogStore inner,
        CollectionId collection,
        long since)
    {
        var state = await inner.ReadStateAsync(collection, since, CancellationToken.None);
        var first = new AccessList(["user:0"], []);
        return state is null ? null : state with
        {
            Documents =
            [
                .. state.Documents.Select(row => row with { Document = row.Document with { Access = first } }),
            ],
        };
    }

    private sealed record BrokenMetastore : Sabotage
    {
        public Func<ICatalogStore, string, object?[], object?>? OfCatalog { get; init; }

        public Func<IMetastore, string, object?[], object?>? OfGarbage { get; init; }

        public override IMetastore Metastore(IMetastore metastore)
        {
            var catalog = OfCatalog is null
                ? metastore.Catalog
                : Double<ICatalogStore>.Of(metastore.Catalog, OfCatalog);
            var garbage = OfGarbage is null
                ? metastore.Garbage
                : Double<IGarbageStore>.Of(metastore.Garbage, (_, call, args) => OfGarbage(metastore, call, args));
            return Double<IMetastore>.Of(metastore, (_, call, _) => call switch
            {
                "get_Catalog" => catalog,
                "get_Garbage" => garbage,
                _ => null,
            });
        }
    }

    // The object that was put last is lost when a manifest comes that needs it.
    private sealed record LossyObjects : Sabotage
    {
        private BlobKey _last;

        public override IObjectStore Objects(IObjectStore objects) => Double<IObjectStore>.Of(
            objects,
            (inner, call, arguments) =>
            {
                if (call is nameof(IObjectStore.PutIfAbsentAsync))
                {
                    var key = (BlobKey)arguments[0]!;
                    _last = key.Content.IsNone ? _last : key;
                    return key.Content.IsNone && _last != default
                        ? new ValueTask<PutOutcome>(PutAndLoseAsync(inner, arguments))
                        : null;
                }

                return null;
            });

        private async Task<PutOutcome> PutAndLoseAsync(IObjectStore inner, object?[] arguments)
        {
            await inner.DeleteAsync([_last], CancellationToken.None);
            return await inner.PutIfAbsentAsync(
                (BlobKey)arguments[0]!,
                (ReadOnlyMemory<byte>)arguments[1]!,
                CancellationToken.None);
        }
    }

    // Whoever once held a lease may publish: the store takes the newest epoch in the place of the one that it is told.
    private sealed record AgelessLeases : Sabotage
    {
        public override IMetastore Metastore(IMetastore metastore)
        {
            var catalog = Double<ICatalogStore>.Of(metastore.Catalog, (_, call, arguments) => call switch
            {
                nameof(ICatalogStore.StageAsync) => StageAsync(
                    metastore,
                    (CollectionId)arguments[0]!,
                    (IReadOnlyList<ContentHash>)arguments[1]!,
                    (Fence)arguments[2]!),
                _ => null,
            });
            return Double<IMetastore>.Of(metastore, (_, call, _) => call is "get_Catalog" ? catalog : null);
        }

        private static async Task<PublishOutcome> StageAsync(
            IMetastore metastore,
            CollectionId collection,
            IReadOnlyList<ContentHash> objects,
            Fence fence)
        {
            var outcome = await metastore.Catalog.StageAsync(collection, objects, fence, CancellationToken.None);
            return outcome == PublishOutcome.LeaseLost ? PublishOutcome.Published : outcome;
        }
    }

    // What is handed to readers differs from what is stored by one bit.
    private sealed record FlippedBits : Sabotage
    {
        public override ICatalog Catalog(ICatalog catalog) => Double<ICatalog>.Of(catalog, (inner, call, arguments) =>
            call is nameof(ICatalog.ReadBlobAsync)
                ? new ValueTask<ReadOnlyMemory<byte>>(ReadAsync(inner, (BlobRef)arguments[0]!))
                : null);

        private static async Task<ReadOnlyMemory<byte>> ReadAsync(ICatalog inner, BlobRef blob)
        {
            var content = (await inner.ReadBlobAsync(blob, CancellationToken.None)).ToArray();
            content[0] ^= 1;
            return content;
        }
    }
}
