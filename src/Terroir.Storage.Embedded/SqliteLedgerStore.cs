using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>The events of the ledger as rows.</summary>
internal sealed class SqliteLedgerStore(SqliteDatabase database) : ILedgerStore
{
    public Task<long> AppendAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken) =>
        database.WriteAsync("append to ledger", transaction => Append(transaction, rows), cancellationToken);

    public Task<IReadOnlyList<PlacedLedgerRow>> ReadAsync(
        long from,
        int count,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ILedgerStore.ReadCountMax);
        return database.ReadAsync(
            "read ledger",
            transaction => transaction.Query(
                "select * from ledger_row where place >= $from order by place limit $count",
                Read,
                ("$from", from),
                ("$count", count)),
            cancellationToken);
    }

    public Task<IReadOnlyList<PlacedLedgerRow>> FindAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "find in ledger",
            transaction =>
            {
                // Only what is asked for stands in the query: else SQLite uses no index.
                (string Condition, (string Name, object? Value) Parameter)[] asked =
                [
                    ("time >= $from", ("$from", query.From?.ToUnixTimeMilliseconds())),
                    ("time < $to", ("$to", query.To?.ToUnixTimeMilliseconds())),
                    ("kind = $kind", ("$kind", query.Kind)),
                    ("actor = $actor", ("$actor", query.Actor)),
                    ("subject = $subject", ("$subject", query.Subject)),
                ];
                asked = [.. asked.Where(item => item.Parameter.Value is not null)];
                var conditions = string.Concat(asked.Select(item => $" and {item.Condition}"));
                return transaction.Query(
                    $"select * from ledger_row where place >= $place{conditions} order by place limit $count",
                    Read,
                    [
                        ("$place", query.FromIndex),
                        ("$count", ILedgerStore.ReadCountMax),
                        .. asked.Select(item => item.Parameter),
                    ]);
            },
            cancellationToken);

    public Task<int> EraseDetailsAsync(IReadOnlyList<long> places, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "erase from ledger",
            transaction => places.Sum(place => transaction.Execute(
                "update ledger_row set detail = null where place = $place and detail is not null",
                ("$place", place))),
            cancellationToken);

    public Task<LedgerState> ReadStateAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            "read ledger state",
            transaction => transaction.Query(
                "select (select coalesce(max(place), -1) + 1 from ledger_row), size, checkpoint from ledger_state",
                row => new LedgerState(
                    row.GetInt64(0),
                    row.GetInt64(1),
                    row.IsDBNull(2) ? default : row.GetFieldValue<byte[]>(2))).Single(),
            cancellationToken);

    public Task<bool> AdvanceAsync(
        long expectedSize,
        long size,
        ReadOnlyMemory<byte> checkpoint,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            "advance ledger",
            transaction => Move(transaction, expectedSize, size, checkpoint),
            cancellationToken);

    public Task<bool> RestoreAsync(
        long expectedSize,
        IReadOnlyList<LedgerRow> rows,
        ReadOnlyMemory<byte>? checkpoint,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            "restore ledger",
            transaction =>
            {
                if (!Move(transaction, expectedSize, expectedSize + rows.Count, checkpoint))
                {
                    return false;
                }

                Shift(transaction, expectedSize, rows.Count);
                for (var i = 0; i < rows.Count; i++)
                {
                    Insert(transaction, expectedSize + i, rows[i]);
                }

                return true;
            },
            cancellationToken);

    /// <summary>Appends rows within a transaction.</summary>
    /// <returns>The place of the first.</returns>
    public static long Append(SqliteTransaction transaction, IReadOnlyList<LedgerRow> rows)
    {
        var first = transaction.Count("select coalesce(max(place), -1) + 1 from ledger_row");
        for (var i = 0; i < rows.Count; i++)
        {
            Insert(transaction, first + i, rows[i]);
        }

        return first;
    }

    private static bool Move(
        SqliteTransaction transaction,
        long expectedSize,
        long size,
        ReadOnlyMemory<byte>? checkpoint) =>
        transaction.Execute(
            "update ledger_state set size = $size, checkpoint = $checkpoint where size = $expected",
            ("$size", size),
            ("$checkpoint", checkpoint?.ToArray()),
            ("$expected", expectedSize)) == 1;

    // Places are unique at every moment, so rows move out of the way below zero first.
    private static void Shift(SqliteTransaction transaction, long from, int count)
    {
        transaction.Execute("update ledger_row set place = -1 - place where place >= $from", ("$from", from));
        transaction.Execute("update ledger_row set place = $count - 1 - place where place < 0", ("$count", count));
    }

    private static void Insert(SqliteTransaction transaction, long place, LedgerRow row) =>
        transaction.Execute(
            "insert into ledger_row values ($place, $kind, $time, $entry, $actor, $subject, $detail)",
            ("$place", place),
            ("$kind", row.Kind),
            ("$time", row.Time.ToUnixTimeMilliseconds()),
            ("$entry", row.Entry.ToArray()),
            ("$actor", row.Actor),
            ("$subject", row.Subject),
            ("$detail", row.Detail));

    private static PlacedLedgerRow Read(SqliteDataReader row) => new(
        row.GetInt64(0),
        new LedgerRow(row.GetString(1), row.Time(2), row.GetFieldValue<byte[]>(3))
        {
            Actor = row.TextOrNull(4),
            Subject = row.TextOrNull(5),
            Detail = row.TextOrNull(6),
        });
}
