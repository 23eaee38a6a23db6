namespace Terroir.Storage.Embedded;

/// <summary>Decides on garbage by one query over references, pins and staging.</summary>
internal sealed class SqliteGarbageStore(SqliteDatabase database) : IGarbageStore
{
    public Task<IReadOnlyList<StoredObject>?> MarkAsync(
        TimeSpan grace,
        int count,
        Fence fence,
        CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<StoredObject>?>(
            "mark garbage",
            transaction =>
            {
                var now = database.Now;
                if (!SqliteFences.Holds(transaction, fence, now))
                {
                    return null;
                }

                SqliteStaging.LetGoEnded(transaction, now);
                var left = count - transaction.Count("select count(*) from object where state = 1");
                transaction.Execute(
                    """
                    update object set state = 1 where hash in (
                      select hash from object o where state = 0 and seen_at <= $old
                      and not exists (select 1 from staged s where s.object = o.hash)
                      and not exists (select 1 from object_ref r where r.object = o.hash and (
                        r.released is null or r.released_at > $old or exists (
                          select 1 from pin p where p.collection = r.collection and p.until > $now
                          and p.generation >= r.added and p.generation < r.released)))
                      order by hash limit $count)
                    """,
                    ("$old", now - (long)grace.TotalMilliseconds),
                    ("$now", now),
                    ("$count", Math.Max(0, left)));
                return transaction.Query(
                    "select hash, kind, size from object where state = 1 order by hash limit $count",
                    row => new StoredObject(
                        ContentHash.Parse(row.GetString(0)),
                        (ObjectKind)row.GetInt32(1),
                        row.GetInt64(2)),
                    ("$count", count));
            },
            cancellationToken);

    public Task<bool> ConfirmAsync(
        IReadOnlyList<ContentHash> objects,
        Fence fence,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            "confirm garbage",
            transaction =>
            {
                if (!SqliteFences.Holds(transaction, fence, database.Now))
                {
                    return false;
                }

                foreach (var hash in objects)
                {
                    transaction.Execute(
                        "delete from object_ref where object = $hash and exists (select 1 from object o "
                        + "where o.state = 1 and o.hash = object_ref.object)",
                        ("$hash", hash.Hex));
                    transaction.Execute("delete from object where hash = $hash and state = 1", ("$hash", hash.Hex));
                }

                return true;
            },
            cancellationToken);

    public Task<IReadOnlySet<ContentHash>> FindKnownAsync(
        IReadOnlyList<ContentHash> objects,
        CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlySet<ContentHash>>(
            "find known",
            transaction => objects
                .Where(hash => transaction.Count("select count(*) from object where hash = $h", ("$h", hash.Hex)) > 0)
                .ToHashSet(),
            cancellationToken);

    public Task<IReadOnlyList<PackUsage>> ReadPackUsageAsync(
        CollectionId collection,
        CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PackUsage>>(
            "read pack usage",
            transaction =>
            {
                var live = SqliteDocuments.ChangedSince(transaction, collection, 0)
                    .SelectMany(row => new[] { row.Document.Original, row.Document.Text, row.Document.Passages })
                    .Distinct()
                    .GroupBy(blob => blob.Container)
                    .ToDictionary(group => group.Key, group => group.Sum(blob => blob.Length));
                return transaction.Query(
                    """
                    select o.hash, o.size from object_ref r join object o on o.hash = r.object
                    where r.collection = $collection and r.released is null and r.kind = 1 order by o.hash
                    """,
                    row => new PackUsage(
                        ContentHash.Parse(row.GetString(0)),
                        row.GetInt64(1),
                        live.GetValueOrDefault(ContentHash.Parse(row.GetString(0)))),
                    ("$collection", collection.Value));
            },
            cancellationToken);
}
