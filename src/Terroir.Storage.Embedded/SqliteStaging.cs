using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>Objects that writers announced and have not published yet.</summary>
internal static class SqliteStaging
{
    public static PublishOutcome Stage(
        SqliteTransaction transaction,
        CollectionId collection,
        IReadOnlyList<ContentHash> objects,
        Fence fence,
        long now)
    {
        if (!SqliteFences.Holds(transaction, fence, now))
        {
            return PublishOutcome.LeaseLost;
        }

        // All are looked at before the first is staged: a refusal changes nothing.
        if (objects.Any(hash => IsDoomed(transaction, hash)))
        {
            return PublishOutcome.NotStaged;
        }

        foreach (var hash in objects)
        {
            transaction.Execute(
                "insert or replace into staged values ($object, $collection, $lease, $epoch, $now)",
                ("$object", hash.Hex),
                ("$collection", collection.Value),
                ("$lease", fence.Lease),
                ("$epoch", fence.Epoch),
                ("$now", now));
            transaction.Execute(
                """
                insert into object (hash, kind, size, seen_at) values ($hash, 0, 0, $now)
                on conflict (hash) do update set seen_at = $now
                """,
                ("$hash", hash.Hex),
                ("$now", now));
        }

        return PublishOutcome.Published;
    }

    /// <summary>Whether a collector is deleting an object.</summary>
    public static bool IsDoomed(SqliteTransaction transaction, ContentHash hash) =>
        transaction.Count("select count(*) from object where hash = $hash and state = 1", ("$hash", hash.Hex)) > 0;

    /// <summary>Ends stagings: from that time on their objects are garbage, unless something else needs them.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="at">The time.</param>
    /// <param name="condition">Which rows of <c>staged</c>, in SQL.</param>
    /// <param name="values">The values of the condition.</param>
    public static int LetGo(
        SqliteTransaction transaction,
        long at,
        string condition,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        (string Name, object? Value)[] all = [.. values, ("$at", at)];
        transaction.Execute(
            "update object set seen_at = max(seen_at, $at) where hash in "
            + $"(select object from staged where {condition})",
            all);
        return transaction.Execute($"delete from staged where {condition}", values);
    }

    /// <summary>Ends the stagings of leases that have ended, each at the end of its lease.</summary>
    public static void LetGoEnded(SqliteTransaction transaction, long now)
    {
        var ended = transaction.Query(
            """
            select distinct s.lease, s.epoch, l.until from staged s join lease l on l.name = s.lease
            where l.until <= $now or l.epoch <> s.epoch
            """,
            row => (Lease: row.GetString(0), Epoch: row.GetInt64(1), Until: row.GetInt64(2)),
            ("$now", now));
        foreach (var (lease, epoch, until) in ended)
        {
            LetGo(
                transaction,
                Math.Min(until, now),
                "lease = $lease and epoch = $epoch",
                ("$lease", lease),
                ("$epoch", epoch));
        }
    }
}
