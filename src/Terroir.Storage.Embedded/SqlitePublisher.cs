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
        if (transaction.Count("select generation from collection where id = $id", ("$id", collection))
            != publication.ExpectedGeneration)
        {
            return PublishOutcome.Superseded;
        }

        if (publication.Objects.Any(added => !IsStaged(transaction, publication, added.Hash)))
        {
            return PublishOutcome.NotStaged;
        }

        var generation = publication.ExpectedGeneration + 1;
        MoveHead(transaction, publication, generation, now);
        AddObjects(transaction, collection, publication.Objects, generation);
        AddSegments(transaction, collection, publication.Segments);
        SqliteDocuments.Save(transaction, publication.Collection, publication.Documents, generation);
        SqliteDocuments.Remove(transaction, publication.Collection, publication.Removed, generation);
        Merge(transaction, collection, publication.Merge, generation);
        Release(transaction, publication, generation, now);
        SqliteItems.Save(transaction, publication.Items);
        SqliteItems.Remove(transaction, publication.RemovedItems);
        SqliteJobStore.Add(transaction, publication.Jobs, now);
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

        transaction.Execute(
            "insert or replace into generation values ($collection, $generation, $manifest, null, $now)",
            ("$collection", collection),
            ("$generation", head.Generation),
            ("$manifest", head.Manifest.Hex),
            ("$now", now));
        AddObjects(transaction, collection, objects, head.Generation);
        AddSegments(transaction, collection, state.Segments);
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

    private static void AddObjects(
        SqliteTransaction transaction,
        string collection,
        IReadOnlyList<StoredObject> objects,
        long generation)
    {
        foreach (var added in objects)
        {
            transaction.Execute(
                """
                insert into object values ($hash, $kind, $size, 0, 0)
                on conflict (hash) do update set kind = $kind, size = $size
                """,
                ("$hash", added.Hash.Hex),
                ("$kind", (int)added.Kind),
                ("$size", added.SizeBytes));
            transaction.Execute(
                """
                insert into object_ref (object, collection, added) select $hash, $collection, $generation
                where not exists (select 1 from object_ref
                  where object = $hash and collection = $collection and released is null)
                """,
                ("$hash", added.Hash.Hex),
                ("$collection", collection),
                ("$generation", generation));
        }
    }

    private static void AddSegments(
        SqliteTransaction transaction,
        string collection,
        IEnumerable<SegmentRow> segments)
    {
        foreach (var segment in segments)
        {
            transaction.Execute(
                "insert or replace into segment values ($collection, $hash, $documents, $passages, $size)",
                ("$collection", collection),
                ("$hash", segment.Hash.Hex),
                ("$documents", segment.DocumentCount),
                ("$passages", segment.PassageCount),
                ("$size", segment.SizeBytes));
        }
    }

    private static void Merge(
        SqliteTransaction transaction,
        string collection,
        SegmentMerge? merge,
        long generation)
    {
        foreach (var input in merge?.Inputs ?? [])
        {
            if (merge!.Output is { } output)
            {
                transaction.Execute(
                    """
                    update document set segment = $output, changed = $generation
                    where collection = $collection and segment = $input
                    """,
                    ("$output", output.Hash.Hex),
                    ("$generation", generation),
                    ("$collection", collection),
                    ("$input", input.Hex));
            }

            transaction.Execute(
                "delete from segment where collection = $collection and hash = $hash",
                ("$collection", collection),
                ("$hash", input.Hex));
        }
    }

    // Packs go with the last document that points into them, segments with a merge, records when they are named.
    private static void Release(SqliteTransaction transaction, Publication publication, long generation, long now)
    {
        var collection = publication.Collection.Value;
        transaction.Execute(
            """
            update object_ref set released = $generation, released_at = $now
            where collection = $collection and released is null and (
              (select kind from object where hash = object_ref.object) = 1 and not exists (
                select 1 from document_object d
                where d.collection = object_ref.collection and d.object = object_ref.object)
              or (select kind from object where hash = object_ref.object) = 2 and not exists (
                select 1 from segment s where s.collection = object_ref.collection and s.hash = object_ref.object))
            """,
            ("$generation", generation),
            ("$now", now),
            ("$collection", collection));
        foreach (var released in publication.Released)
        {
            transaction.Execute(
                """
                update object_ref set released = $generation, released_at = $now
                where collection = $collection and object = $object and released is null
                """,
                ("$generation", generation),
                ("$now", now),
                ("$collection", collection),
                ("$object", released.Hex));
        }
    }
}
