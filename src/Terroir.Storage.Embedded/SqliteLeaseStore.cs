using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>Leases as rows. A released lease keeps its row, so that its epoch never repeats.</summary>
internal sealed class SqliteLeaseStore(SqliteDatabase database) : ILeaseStore
{
    public Task<Lease?> AcquireAsync(
        string name,
        string owner,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return database.WriteAsync(
            "acquire lease",
            transaction =>
            {
                var now = database.Now;
                EndIfProcessEnded(transaction, name, now);
                var end = Math.Min(now, transaction.Count("select until from lease where name = $n", ("$n", name)));
                var until = now + (long)duration.TotalMilliseconds;
                var epochs = transaction.Query(
                    """
                    insert into lease values ($name, $owner, 1, $until)
                    on conflict (name) do update set owner = $owner, epoch = epoch + 1, until = $until
                    where until <= $now or owner = $owner
                    returning epoch
                    """,
                    row => row.GetInt64(0),
                    ("$name", name),
                    ("$owner", owner),
                    ("$until", until),
                    ("$now", now));
                if (epochs.Count == 0)
                {
                    return null;
                }

                SqliteStaging.LetGo(transaction, end, "lease = $lease", ("$lease", name));
                return new Lease(name, owner, epochs[0], DateTimeOffset.FromUnixTimeMilliseconds(until));
            },
            cancellationToken);
    }

    public Task<Lease?> RenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return database.WriteAsync(
            "renew lease",
            transaction =>
            {
                var now = database.Now;
                var until = now + (long)duration.TotalMilliseconds;
                var count = transaction.Execute(
                    "update lease set until = $until where name = $name and epoch = $epoch and until > $now",
                    ("$until", until),
                    ("$name", lease.Name),
                    ("$epoch", lease.Epoch),
                    ("$now", now));
                return count == 0 ? null : lease with { Until = DateTimeOffset.FromUnixTimeMilliseconds(until) };
            },
            cancellationToken);
    }

    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "release lease",
            transaction => transaction.Execute(
                "update lease set until = min(until, $now) where name = $name and epoch = $epoch",
                ("$now", database.Now),
                ("$name", lease.Name),
                ("$epoch", lease.Epoch)),
            cancellationToken);

    // After a crash nobody waits for the lease of the process that crashed. Were it alive after all, in a container
    // that is named like this machine, the new epoch would keep it from changing anything.
    private static void EndIfProcessEnded(SqliteTransaction transaction, string name, long now)
    {
        var owners = transaction.Query(
            "select owner from lease where name = $name and until > $now",
            row => row.GetString(0),
            ("$name", name),
            ("$now", now));
        if (owners.Any(EndedProcesses.Include))
        {
            transaction.Execute("update lease set until = $now where name = $name", ("$name", name), ("$now", now));
        }
    }
}
