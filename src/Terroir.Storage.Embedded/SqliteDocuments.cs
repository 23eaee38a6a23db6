using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>Live documents and segments as rows.</summary>
internal static class SqliteDocuments
{
    public static DocumentRow? Find(SqliteTransaction transaction, CollectionId collection, DocumentId document) =>
        transaction.Query(
            "select record, segment from document where collection = $collection and id = $id",
            ReadRow,
            ("$collection", collection.Value),
            ("$id", document.Value)).SingleOrDefault();

    public static IReadOnlyList<DocumentRow> ChangedSince(
        SqliteTransaction transaction,
        CollectionId collection,
        long generation) =>
        transaction.Query(
            "select record, segment from document where collection = $collection and changed > $since order by id",
            ReadRow,
            ("$collection", collection.Value),
            ("$since", generation == 0 ? -1 : generation));

    public static IReadOnlyList<StoredRecord> RecordsSince(
        SqliteTransaction transaction,
        CollectionId collection,
        long generation)
    {
        // Many documents share few segments.
        var segments = new Dictionary<string, ContentHash>(StringComparer.Ordinal);
        var blocks = new RecordBlocks();
        return transaction.Query(
            "select record, segment from document where collection = $collection and changed > $since order by id",
            row =>
            {
                var segment = row.GetString(1);
                if (!segments.TryGetValue(segment, out var hash))
                {
                    segments[segment] = hash = ContentHash.Parse(segment);
                }

                return new StoredRecord(blocks.Add(row.GetFieldValue<byte[]>(0)), hash);
            },
            ("$collection", collection.Value),
            ("$since", generation == 0 ? -1 : generation));
    }

    public static IReadOnlyList<DocumentId> OfSegment(
        SqliteTransaction transaction,
        CollectionId collection,
        ContentHash segment)
    {
        // Sorted here: asked for an order, the database walks over the ids of the whole collection.
        var ids = transaction.Query(
            "select id from document where collection = $collection and segment = $segment",
            row => DocumentId.Parse(row.GetString(0)),
            ("$collection", collection.Value),
            ("$segment", segment.Hex));
        return [.. ids.Order()];
    }

    // The length of a blob stands in the head of its row: the blob is not read.
    public static (int Count, long SizeBytes) Measure(SqliteTransaction transaction, CollectionId collection) =>
        transaction.Query(
            "select count(*), coalesce(sum(length(record)), 0) from document where collection = $collection",
            row => (row.GetInt32(0), row.GetInt64(1)),
            ("$collection", collection.Value)).Single();

    public static IReadOnlyList<DocumentId> RemovedSince(
        SqliteTransaction transaction,
        CollectionId collection,
        long generation) =>
        transaction.Query(
            "select id from tombstone where collection = $collection and generation > $since order by id",
            row => DocumentId.Parse(row.GetString(0)),
            ("$collection", collection.Value),
            ("$since", generation));

    public static IReadOnlyList<SegmentRow> Segments(SqliteTransaction transaction, CollectionId collection) =>
        transaction.Query(
            "select hash, documents, passages, size from segment where collection = $collection order by hash",
            row => new SegmentRow(
                ContentHash.Parse(row.GetString(0)),
                row.GetInt32(1),
                row.GetInt32(2),
                row.GetInt64(3)),
            ("$collection", collection.Value));

    /// <summary>Inserts or replaces documents; the statements are prepared once for all of them.</summary>
    public static void Save(
        SqliteTransaction transaction,
        CollectionId collection,
        IReadOnlyList<DocumentRow> documents,
        long generation)
    {
        using var save = Prepare(
            transaction,
            "insert or replace into document values ($collection, $id, $segment, $changed, $record)",
            collection);
        using var forget = Prepare(
            transaction,
            "delete from document_object where collection = $collection and document = $id",
            collection);
        using var point = Prepare(
            transaction,
            "insert or ignore into document_object values ($collection, $id, $object)",
            collection);
        using var revive = Prepare(
            transaction,
            "delete from tombstone where collection = $collection and id = $id",
            collection);
        foreach (var row in documents)
        {
            var id = row.Document.Id.Value;
            Run(save, ("$id", id), ("$segment", row.Segment.Hex), ("$changed", generation),
                ("$record", row.Document.ToJson()));
            Run(forget, ("$id", id));
            Run(revive, ("$id", id));
            foreach (var container in row.Objects)
            {
                Run(point, ("$id", id), ("$object", container.Hex));
            }
        }
    }

    /// <summary>Removes documents and remembers that they went.</summary>
    public static void Remove(
        SqliteTransaction transaction,
        CollectionId collection,
        IReadOnlyList<DocumentId> documents,
        long generation)
    {
        using var remove = Prepare(
            transaction,
            "delete from document where collection = $collection and id = $id",
            collection);
        using var forget = Prepare(
            transaction,
            "delete from document_object where collection = $collection and document = $id",
            collection);
        using var bury = Prepare(
            transaction,
            "insert or replace into tombstone values ($collection, $id, $generation)",
            collection);
        foreach (var document in documents)
        {
            if (Run(remove, ("$id", document.Value)) > 0)
            {
                Run(forget, ("$id", document.Value));
                Run(bury, ("$id", document.Value), ("$generation", generation));
            }
        }

        transaction.Execute(
            "delete from tombstone where collection = $collection and generation < $oldest",
            ("$collection", collection.Value),
            ("$oldest", generation - SqliteCatalogStore.TombstoneGenerations));
    }

    private static DocumentRow ReadRow(SqliteDataReader row) => new(
        DocumentVersion.FromJson(row.GetFieldValue<byte[]>(0)),
        ContentHash.Parse(row.GetString(1)));

    private static SqliteCommand Prepare(SqliteTransaction transaction, string sql, CollectionId collection)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.Parameters.AddWithValue("$collection", collection.Value);
        return command;
    }

    private static int Run(SqliteCommand command, params ReadOnlySpan<(string Name, object Value)> values)
    {
        foreach (var (name, value) in values)
        {
            if (command.Parameters.Contains(name))
            {
                command.Parameters[name].Value = value;
            }
            else
            {
                command.Parameters.AddWithValue(name, value);
            }
        }

        return command.ExecuteNonQuery();
    }
}
