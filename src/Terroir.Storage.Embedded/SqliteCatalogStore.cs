using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>Heads, staging, generations and pins as rows.</summary>
internal sealed class SqliteCatalogStore(SqliteDatabase database) : ICatalogStore
{
    /// <summary>How many generations of removals are kept for incremental readings.</summary>
    internal const int TombstoneGenerations = 1_000;

    public Task<bool> CreateCollectionAsync(CollectionId collection, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "create collection",
            transaction => transaction.Execute(
                "insert or ignore into collection values ($id, 0, null, $now, 0)",
                ("$id", collection.Value),
                ("$now", database.Now)) == 1,
            cancellationToken);

    public Task<IReadOnlyList<CollectionHead>> ListHeadsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            "list collections",
            transaction => transaction.Query(
                "select id, generation, manifest, published_at from collection order by id",
                ReadHead),
            cancellationToken);

    public Task<CollectionHead?> ReadHeadAsync(CollectionId collection, CancellationToken cancellationToken) =>
        database.ReadAsync("read head", transaction => Head(transaction, collection), cancellationToken);

    public Task<CollectionState?> ReadStateAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken) =>
        ReadAtHeadAsync(
            "read state",
            collection,
            since,
            (transaction, head, start) => new CollectionState
            {
                Head = head,
                Since = start,
                Segments = SqliteDocuments.Segments(transaction, collection),
                Documents = SqliteDocuments.ChangedSince(transaction, collection, start),
                Removed = start == 0 ? [] : SqliteDocuments.RemovedSince(transaction, collection, start),
            },
            cancellationToken);

    public Task<CollectionRecords?> ReadRecordsAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken) =>
        ReadAtHeadAsync(
            "read records",
            collection,
            since,
            (transaction, head, start) => new CollectionRecords
            {
                Head = head,
                Since = start,
                Segments = SqliteDocuments.Segments(transaction, collection),
                Documents = SqliteDocuments.RecordsSince(transaction, collection, start),
                Removed = start == 0 ? [] : SqliteDocuments.RemovedSince(transaction, collection, start),
            },
            cancellationToken);

    public Task<bool> KnowsAsync(
        CollectionId collection,
        long generation,
        ContentHash manifest,
        CancellationToken cancellationToken) =>
        database.ReadAsync(
            "find generation",
            transaction => Head(transaction, collection) is { } head
                && KnowsChangesSince(transaction, head, generation)
                && transaction.Count(
                    """
                    select count(*) from generation
                    where collection = $collection and generation = $generation and manifest_hash = $manifest
                    """,
                    ("$collection", collection.Value),
                    ("$generation", generation),
                    ("$manifest", manifest.Hex)) == 1,
            cancellationToken);

    public Task<IReadOnlyList<DocumentId>> ListDocumentsAsync(
        CollectionId collection,
        ContentHash segment,
        CancellationToken cancellationToken) =>
        database.ReadAsync(
            "list documents",
            transaction => SqliteDocuments.OfSegment(transaction, collection, segment),
            cancellationToken);

    public Task<(int Count, long SizeBytes)> MeasureRecordsAsync(
        CollectionId collection,
        CancellationToken cancellationToken) =>
        database.ReadAsync(
            "measure records",
            transaction => SqliteDocuments.Measure(transaction, collection),
            cancellationToken);

    public Task<DocumentRow?> FindDocumentAsync(
        CollectionId collection,
        DocumentId document,
        CancellationToken cancellationToken) =>
        database.ReadAsync(
            "find document",
            transaction => SqliteDocuments.Find(transaction, collection, document),
            cancellationToken);

    public Task<PublishOutcome> StageAsync(
        CollectionId collection,
        IReadOnlyList<ContentHash> objects,
        Fence fence,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            "stage",
            transaction => SqliteStaging.Stage(transaction, collection, objects, fence, database.Now),
            cancellationToken);

    public Task UnstageAsync(CollectionId collection, Fence fence, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "unstage",
            transaction => SqliteStaging.LetGo(
                transaction,
                database.Now,
                "collection = $collection and lease = $lease and epoch = $epoch",
                ("$collection", collection.Value),
                ("$lease", fence.Lease),
                ("$epoch", fence.Epoch)),
            cancellationToken);

    public Task<PublishOutcome> PublishAsync(Publication publication, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "publish",
            transaction => SqlitePublisher.Publish(transaction, publication, database.Now),
            cancellationToken);

    public Task<IReadOnlyList<PendingManifest>> ListPendingManifestsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            "list pending manifests",
            transaction => transaction.Query(
                """
                select collection, generation, pending from generation where pending is not null
                order by collection, generation
                """,
                row => new PendingManifest(
                    new CollectionId(row.GetString(0)),
                    row.GetInt64(1),
                    row.GetFieldValue<byte[]>(2))),
            cancellationToken);

    public Task ConfirmManifestAsync(
        CollectionId collection,
        long generation,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            "confirm manifest",
            transaction => transaction.Execute(
                "update generation set pending = null where collection = $collection and generation = $generation",
                ("$collection", collection.Value),
                ("$generation", generation)),
            cancellationToken);

    public Task<Pin?> PinAsync(
        CollectionId collection,
        string owner,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return database.WriteAsync(
            "pin",
            transaction =>
            {
                if (Head(transaction, collection) is not { } head)
                {
                    return null;
                }

                var until = database.Now + (long)duration.TotalMilliseconds;
                var id = transaction.Count(
                    """
                    insert into pin (collection, generation, owner, until)
                    values ($collection, $generation, $owner, $until) returning id
                    """,
                    ("$collection", collection.Value),
                    ("$generation", head.Generation),
                    ("$owner", owner),
                    ("$until", until));
                return new Pin(id, collection, head.Generation, DateTimeOffset.FromUnixTimeMilliseconds(until));
            },
            cancellationToken);
    }

    public Task<Pin?> RenewPinAsync(Pin pin, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return database.WriteAsync(
            "renew pin",
            transaction =>
            {
                var until = database.Now + (long)duration.TotalMilliseconds;
                var count = transaction.Execute(
                    "update pin set until = $until where id = $id and until > $now",
                    ("$until", until),
                    ("$id", pin.Id),
                    ("$now", database.Now));
                return count == 0 ? null : pin with { Until = DateTimeOffset.FromUnixTimeMilliseconds(until) };
            },
            cancellationToken);
    }

    public Task UnpinAsync(Pin pin, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "unpin",
            transaction => transaction.Execute("delete from pin where id = $id", ("$id", pin.Id)),
            cancellationToken);

    public Task<bool> RestoreCollectionAsync(
        CollectionState state,
        IReadOnlyList<StoredObject> objects,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            "restore collection",
            transaction => SqlitePublisher.Restore(transaction, state, objects, database.Now),
            cancellationToken);

    public Task<IReadOnlyList<StoredObject>> ListObjectsAsync(
        CollectionId collection,
        CancellationToken cancellationToken) =>
        database.ReadAsync(
            "list objects",
            transaction => transaction.Query(
                """
                select r.object, r.kind, o.size from object_ref r join object o on o.hash = r.object
                where r.collection = $collection and r.released is null order by r.object, r.kind
                """,
                row => new StoredObject(
                    ContentHash.Parse(row.GetString(0)),
                    (ObjectKind)row.GetInt32(1),
                    row.GetInt64(2)),
                ("$collection", collection.Value)),
            cancellationToken);

    internal static CollectionHead? Head(SqliteTransaction transaction, CollectionId collection) =>
        transaction.Query(
            "select id, generation, manifest, published_at from collection where id = $id",
            ReadHead,
            ("$id", collection.Value)).SingleOrDefault();

    // What is read begins after a generation from which all changes are known, and else at the start.
    private Task<T?> ReadAtHeadAsync<T>(
        string what,
        CollectionId collection,
        long since,
        Func<SqliteTransaction, CollectionHead, long, T> read,
        CancellationToken cancellationToken)
        where T : class =>
        database.ReadAsync(
            what,
            transaction => Head(transaction, collection) is { } head
                ? read(transaction, head, KnowsChangesSince(transaction, head, since) ? since : 0)
                : null,
            cancellationToken);

    // A generation before a restore has no row: what was removed since then is not known.
    private static bool KnowsChangesSince(SqliteTransaction transaction, CollectionHead head, long since) =>
        since > 0
        && head.Generation - since < TombstoneGenerations
        && transaction.Count(
            "select count(*) from generation where collection = $collection and generation = $since",
            ("$collection", head.Collection.Value),
            ("$since", since)) == 1;

    private static CollectionHead ReadHead(SqliteDataReader row) => new(
        new CollectionId(row.GetString(0)),
        row.GetInt64(1),
        row.TextOrNull(2) is { } hash ? ContentHash.Parse(hash) : default,
        row.Time(3));
}

/// <summary>Whether a fence still holds: the epoch is the newest and its lease has not ended.</summary>
internal static class SqliteFences
{
    public static bool Holds(SqliteTransaction transaction, Fence fence, long now) =>
        transaction.Count(
            "select count(*) from lease where name = $name and epoch = $epoch and until > $now",
            ("$name", fence.Lease),
            ("$epoch", fence.Epoch),
            ("$now", now)) == 1;
}
