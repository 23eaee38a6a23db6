using Microsoft.Data.Sqlite;
using Terroir.Documents;

namespace Terroir.Storage.Embedded;

/// <summary>Sources and their items as rows.</summary>
internal sealed class SqliteSourceStore(SqliteDatabase database) : ISourceStore
{
    public Task SaveSourceAsync(SourceRecord source, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "save source",
            transaction => transaction.Execute(
                """
                insert or replace into source
                values ($id, $collection, $kind, $location, $permissions, $held, $at,
                  $settings, $bandwidth, $cursor, $listed, $paused, $failures, $retry, $failure)
                """,
                ("$id", source.Id),
                ("$collection", source.Collection.Value),
                ("$kind", source.Kind),
                ("$location", source.Location),
                ("$permissions", source.Permissions),
                ("$held", source.HeldReason),
                ("$at", source.SyncedAt?.ToUnixTimeMilliseconds()),
                ("$settings", SourceSettingsText.Write(source.Settings)),
                ("$bandwidth", source.BandwidthBytesPerSecond),
                ("$cursor", source.Cursor),
                ("$listed", source.ListedAt?.ToUnixTimeMilliseconds()),
                ("$paused", source.PausedAt?.ToUnixTimeMilliseconds()),
                ("$failures", source.Failure?.Count ?? 0),
                ("$retry", source.Failure?.RetryAt.ToUnixTimeMilliseconds()),
                ("$failure", source.Failure?.Reason)),
            cancellationToken);

    public Task<bool> RemoveSourceAsync(string source, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "remove source",
            transaction =>
            {
                transaction.Execute("delete from source_account where source = $id", ("$id", source));
                transaction.Execute("delete from quality_release where source = $id", ("$id", source));
                transaction.Execute("delete from source_item where source = $id", ("$id", source));
                return transaction.Execute("delete from source where id = $id", ("$id", source)) == 1;
            },
            cancellationToken);

    public Task<IReadOnlyList<SourceRecord>> ListSourcesAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            "list sources",
            transaction => transaction.Query("select * from source order by id", ReadSource),
            cancellationToken);

    public Task<IReadOnlyList<SourceItem>> ListItemsAsync(string source, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "list items",
            transaction => transaction.Query(
                "select * from source_item where source = $source",
                SqliteItems.Read,
                ("$source", source)).InOrder(),
            cancellationToken);

    // '0' comes after '/': between the two is what begins with "path!/".
    public Task<IReadOnlyList<SourceItem>> FindItemsAsync(SourceItemKey item, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "find items",
            transaction => transaction.Query(
                "select * from source_item where source = $source and (path = $path or (path >= $from and path < $to))",
                SqliteItems.Read,
                ("$source", item.Source),
                ("$path", item.Path),
                ("$from", item.Path + "!/"),
                ("$to", item.Path + "!0")).InOrder(),
            cancellationToken);

    public Task SaveItemsAsync(IReadOnlyList<SourceItem> items, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "save items",
            transaction => SqliteItems.Save(transaction, items),
            cancellationToken);

    public Task RemoveItemsAsync(IReadOnlyList<SourceItemKey> items, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "remove items",
            transaction => SqliteItems.Remove(transaction, items),
            cancellationToken);

    public Task<IReadOnlyList<SourceItem>> ListQuarantineAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            "list quarantine",
            transaction => transaction.Query(
                "select * from source_item where reason is not null",
                SqliteItems.Read).InOrder(),
            cancellationToken);

    private static SourceRecord ReadSource(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Collection = new CollectionId(row.GetString(1)),
        Kind = row.GetString(2),
        Location = row.GetString(3),
        Permissions = row.GetString(4),
        HeldReason = row.TextOrNull(5),
        SyncedAt = TimeOrNull(row, 6),
        Settings = SourceSettingsText.Read(row.TextOrNull(7)),
        BandwidthBytesPerSecond = row.IsDBNull(8) ? null : row.GetInt64(8),
        Cursor = row.TextOrNull(9),
        ListedAt = TimeOrNull(row, 10),
        PausedAt = TimeOrNull(row, 11),
        Failure = row.IsDBNull(13)
            ? null
            : new SourceFailure(row.GetInt32(12), row.Time(13), row.TextOrNull(14) ?? ""),
    };

    private static DateTimeOffset? TimeOrNull(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.Time(column);
}

/// <summary>Source items as rows, within somebody's transaction.</summary>
internal static class SqliteItems
{
    public static int Save(SqliteTransaction transaction, IReadOnlyList<SourceItem> items)
    {
        foreach (var item in items)
        {
            transaction.Execute(
                """
                insert or replace into source_item
                values ($source, $path, $fingerprint, $content, $documents, $reason, $reader, $advice, $count, $tried,
                  $identity, $quality)
                """,
                ("$source", item.Key.Source),
                ("$path", item.Key.Path),
                ("$fingerprint", item.Fingerprint),
                ("$content", item.Content.IsNone ? null : item.Content.Hex),
                ("$documents", string.Join(',', item.Documents.Select(id => id.Value))),
                ("$reason", item.Quarantine?.Reason.ToString()),
                ("$reader", item.Quarantine?.Reader),
                ("$advice", item.Quarantine is { } quarantine ? Remark.ToJson(quarantine.Advice) : null),
                ("$count", item.AttemptCount),
                ("$tried", item.TriedAt.ToUnixTimeMilliseconds()),
                ("$identity", item.Identity),
                ("$quality", item.Quality?.ToJson()));
        }

        return items.Count;
    }

    public static int Remove(SqliteTransaction transaction, IReadOnlyList<SourceItemKey> items)
    {
        foreach (var item in items)
        {
            transaction.Execute(
                "delete from source_item where source = $source and path = $path",
                ("$source", item.Source),
                ("$path", item.Path));
        }

        return items.Count;
    }

    /// <summary>Sorts by UTF-16 units, as the contract says; the database compares UTF-8, which differs beyond U+FFFF.
    /// </summary>
    public static IReadOnlyList<SourceItem> InOrder(this IReadOnlyList<SourceItem> items) =>
    [
        .. items.OrderBy(item => item.Key.Source, StringComparer.Ordinal)
            .ThenBy(item => item.Key.Path, StringComparer.Ordinal),
    ];

    public static SourceItem Read(SqliteDataReader row) => new()
    {
        Key = new SourceItemKey(row.GetString(0), row.GetString(1)),
        Fingerprint = row.GetString(2),
        Content = row.TextOrNull(3) is { } hash ? ContentHash.Parse(hash) : default,
        Documents =
        [
            .. row.GetString(4).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(DocumentId.Parse),
        ],
        Quarantine = row.IsDBNull(5)
            ? null
            : new Unreadable(
                Enum.Parse<UnreadableReason>(row.GetString(5)),
                row.GetString(6),
                Remark.FromJson(row.GetString(7))),
        AttemptCount = row.GetInt32(8),
        TriedAt = row.Time(9),
        Identity = row.TextOrNull(10),
        Quality = row.TextOrNull(11) is { } quality ? DocumentQuality.FromJson(quality) : null,
    };
}
