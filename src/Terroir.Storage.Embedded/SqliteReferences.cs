using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>Which objects a collection's generations need, each in its role, and its segments.</summary>
internal static class SqliteReferences
{
    public static void AddObjects(
        SqliteTransaction transaction,
        string collection,
        IReadOnlyList<StoredObject> objects,
        long generation,
        long now)
    {
        foreach (var added in objects)
        {
            transaction.Execute(
                """
                insert into object values ($hash, $kind, $size, 0, $now)
                on conflict (hash) do update set kind = $kind, size = $size, seen_at = $now
                """,
                ("$hash", added.Hash.Hex),
                ("$kind", (int)added.Kind),
                ("$size", added.SizeBytes),
                ("$now", now));
            transaction.Execute(
                """
                insert into object_ref (object, collection, kind, added)
                select $hash, $collection, $kind, $generation where not exists (select 1 from object_ref
                  where object = $hash and collection = $collection and kind = $kind and released is null)
                """,
                ("$hash", added.Hash.Hex),
                ("$collection", collection),
                ("$kind", (int)added.Kind),
                ("$generation", generation));
        }
    }

    public static void AddSegments(
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

    /// <summary>Moves the documents of the inputs to the output. The output comes last: it may have the bytes, and so
    /// the name, of an input.</summary>
    public static void Merge(
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

        AddSegments(transaction, collection, merge?.Output is { } joining ? [joining] : []);
    }

    /// <summary>Refuses a generation whose documents or segments point at what the collection does not have: readers
    /// would fail on it, and a collector could take the bytes (invariant I2).</summary>
    public static void RefuseHoles(SqliteTransaction transaction, Publication publication, long generation)
    {
        var collection = publication.Collection.Value;
        var segments = transaction.Count(
            """
            select count(*) from segment s where collection = $collection and not exists (select 1 from object_ref r
              where r.object = s.hash and r.collection = s.collection and r.kind = 2 and r.released is null)
            """,
            ("$collection", collection));
        var documents = transaction.Count(
            """
            select count(*) from document d where collection = $collection and changed = $generation and (
              not exists (select 1 from segment s where s.collection = d.collection and s.hash = d.segment)
              or exists (select 1 from document_object p where p.collection = d.collection and p.document = d.id
                and not exists (select 1 from object_ref r
                  where r.object = p.object and r.collection = p.collection and r.kind = 1 and r.released is null)))
            """,
            ("$collection", collection),
            ("$generation", generation));
        var left = (publication.Merge?.Inputs ?? []).Sum(input => transaction.Count(
            """
            select count(*) from document where collection = $collection and segment = $input
            and not exists (select 1 from segment where collection = $collection and hash = $input)
            """,
            ("$collection", collection),
            ("$input", input.Hex)));
        if (segments + documents + left > 0)
        {
            throw new ArgumentException(
                $"{segments} segments and {documents + left} documents point at what the collection does not have.",
                nameof(publication));
        }
    }

    /// <summary>Ends references: packs go with the last document that points into them, segments with a merge, records
    /// when they are named.</summary>
    public static void Release(SqliteTransaction transaction, Publication publication, long generation, long now)
    {
        var collection = publication.Collection.Value;
        transaction.Execute(
            """
            update object_ref set released = $generation, released_at = $now
            where collection = $collection and released is null and (
              kind = 1 and not exists (select 1 from document_object d
                where d.collection = object_ref.collection and d.object = object_ref.object)
              or kind = 2 and not exists (select 1 from segment s
                where s.collection = object_ref.collection and s.hash = object_ref.object))
            """,
            ("$generation", generation),
            ("$now", now),
            ("$collection", collection));
        foreach (var released in publication.Released)
        {
            transaction.Execute(
                """
                update object_ref set released = $generation, released_at = $now
                where collection = $collection and object = $object and kind = 3 and released is null
                """,
                ("$generation", generation),
                ("$now", now),
                ("$collection", collection),
                ("$object", released.Hex));
        }
    }
}
