using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>The one transaction that makes a generation the head.</summary>
internal static class SqlitePublisher
{
    public static PublishOutcome Publish(SqliteTransaction transaction, Publication publication, long now)
    {
        if (!SqliteFences.Holds(transaction, publication.Fence, now))
        {
            return PublishOutcome.LeaseLost;
        }

        var collection = publication.Collection.Value;
        if (SqliteCatalogStore.Head(transaction, publication.Collection)?.Generation != publication.ExpectedGeneration)
        {
            return PublishOutcome.Superseded;
        }

        if (publication.Objects.Any(added => !IsStaged(transaction, publication, added.Hash)))
        {
            return PublishOutcome.NotStaged;
        }

        var generation = publication.ExpectedGeneration + 1;
        MoveHead(transaction, publication, generation, now);
        SqliteReferences.AddObjects(transaction, collection, publication.Objects, generation, now);
        SqliteReferences.AddSegments(transaction, collection, publication.Segments);
        SqliteDocuments.Save(transaction, publication.Collection, publication.Documents, generation);
        SqliteDocuments.Remove(transaction, publication.Collection, publication.Removed, generation);
        SqliteReferences.Merge(transaction, collection, publication.Merge, generation);
        SqliteReferences.RefuseHoles(transaction, publication, generation);
        SqliteReferences.Release(transaction, publication, generation, now);
        SqliteItems.Save(transaction, publication.Items);
        SqliteItems.Remove(transaction, publication.RemovedItems);
        SqliteJobStore.Add(transaction, publication.Jobs, now);
        SqliteLedgerStore.Append(transaction, publication.Events);
        return PublishOutcome.Published;
    }

    public static bool Restore(
        SqliteTransaction transaction,
        CollectionState state,
        IReadOnlyList<StoredObject> objects,
        long now)
    {
        var head = state.Head;
        var collection = head.Collection.Value;
        var isFree = transaction.Execute(
            "insert or ignore into collection values ($id, $generation, $manifest, $now, 0)",
            ("$id", collection),
            ("$generation", head.Generation),
            ("$manifest", head.Manifest.IsNone ? null : head.Manifest.Hex),
            ("$now", head.PublishedAt.ToUnixTimeMilliseconds())) == 1;
        if (!isFree)
        {
            return false;
        }

        if (objects.Any(item => SqliteStaging.IsDoomed(transaction, item.Hash)))
        {
            throw new StorageFailedException(
                "metastore",
                "restore collection",
                isTransient: true,
                new InvalidOperationException("An object of the collection is being deleted."),
                "Run 'terroir gc' to its end, then try again.");
        }

        transaction.Execute(
            "insert or replace into generation values ($collection, $generation, $manifest, null, $now)",
            ("$collection", collection),
            ("$generation", head.Generation),
            ("$manifest", head.Manifest.Hex),
            ("$now", now));
        SqliteReferences.AddObjects(transaction, collection, objects, head.Generation, now);
        SqliteReferences.AddSegments(transaction, collection, state.Segments);
        SqliteDocuments.Save(transaction, head.Collection, state.Documents, head.Generation);
        return true;
    }

    private static bool IsStaged(SqliteTransaction transaction, Publication publication, ContentHash hash) =>
        transaction.Count(
            """
            select count(*) from staged s join object o on o.hash = s.object
            where s.object = $object and s.collection = $collection and s.lease = $lease and s.epoch = $epoch
            and o.state = 0
            """,
            ("$object", hash.Hex),
            ("$collection", publication.Collection.Value),
            ("$lease", publication.Fence.Lease),
            ("$epoch", publication.Fence.Epoch)) == 1;

    private static void MoveHead(SqliteTransaction transaction, Publication publication, long generation, long now)
    {
        transaction.Execute(
            """
            update collection set generation = $generation, manifest = $manifest, published_at = $now, epoch = $epoch
            where id = $id
            """,
            ("$generation", generation),
            ("$manifest", publication.ManifestHash.Hex),
            ("$now", now),
            ("$epoch", publication.Fence.Epoch),
            ("$id", publication.Collection.Value));
        transaction.Execute(
            "insert into generation values ($collection, $generation, $manifest, $pending, $now)",
            ("$collection", publication.Collection.Value),
            ("$generation", generation),
            ("$manifest", publication.ManifestHash.Hex),
            ("$pending", publication.Manifest.ToArray()),
            ("$now", now));
        foreach (var added in publication.Objects)
        {
            transaction.Execute(
                "delete from staged where object = $object and collection = $collection and lease = $lease",
                ("$object", added.Hash.Hex),
                ("$collection", publication.Collection.Value),
                ("$lease", publication.Fence.Lease));
        }
    }
}
