using System.Text;
using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>Jobs as rows: 0 waiting, 1 running, 2 dead; a finished job has no row.</summary>
internal sealed class SqliteJobStore(SqliteDatabase database) : IJobStore
{
    private const int ReasonLengthMax = 2_000;
    private const int DeadCountMax = 1_000;

    public Task<int> EnqueueAsync(IReadOnlyList<JobRequest> jobs, CancellationToken cancellationToken) =>
        database.WriteAsync("enqueue", transaction => Add(transaction, jobs, database.Now), cancellationToken);

    public Task<IReadOnlyList<Job>> ClaimAsync(
        string queue,
        string owner,
        int count,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 100);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return database.WriteAsync<IReadOnlyList<Job>>(
            "claim jobs",
            transaction =>
            {
                var now = database.Now;
                BuryExhausted(transaction, queue, now);
                var until = now + (long)duration.TotalMilliseconds;
                return
                [
                    .. InTurn(transaction, queue, count, now).Select(id => Claim(transaction, id, owner, until)),
                ];
            },
            cancellationToken);
    }

    public Task<bool> ExtendAsync(Job job, TimeSpan duration, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "extend job",
            transaction => transaction.Execute(
                "update job set until = $until where id = $id and fence = $fence and state = 1 and until > $now",
                ("$until", database.Now + (long)duration.TotalMilliseconds),
                ("$id", job.Id),
                ("$fence", job.Fence),
                ("$now", database.Now)) == 1,
            cancellationToken);

    public Task<bool> CompleteAsync(
        Job job,
        IReadOnlyList<JobRequest> followUps,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            "complete job",
            transaction =>
            {
                var isHeld = transaction.Execute(
                    "delete from job where id = $id and fence = $fence and state = 1 and until > $now",
                    ("$id", job.Id),
                    ("$fence", job.Fence),
                    ("$now", database.Now)) == 1;
                if (isHeld)
                {
                    Add(transaction, followUps, database.Now);
                }

                return isHeld;
            },
            cancellationToken);

    public Task<bool> FailAsync(Job job, string reason, TimeSpan delay, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "fail job",
            transaction => transaction.Execute(
                """
                update job set state = iif(attempts >= $max, 2, 0), run_at = $at, error = $error
                where id = $id and fence = $fence and state = 1 and until > $now
                """,
                ("$max", IJobStore.AttemptCountMax),
                ("$now", database.Now),
                ("$at", database.Now + (long)delay.TotalMilliseconds),
                ("$error", reason.Length > ReasonLengthMax ? reason[..ReasonLengthMax] : reason),
                ("$id", job.Id),
                ("$fence", job.Fence)) == 1,
            cancellationToken);

    public Task<IReadOnlyList<QueueStatus>> ReadStatusAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            "read queues",
            transaction => transaction.Query(
                """
                select queue, sum(state = 0), sum(state = 1), sum(state = 2),
                  min(iif(state = 0 and run_at <= $now, run_at, null)) from job group by queue order by queue
                """,
                row => new QueueStatus(
                    row.GetString(0),
                    row.GetInt32(1),
                    row.GetInt32(2),
                    row.GetInt32(3),
                    row.IsDBNull(4) ? null : row.Time(4)),
                ("$now", database.Now)),
            cancellationToken);

    public Task<IReadOnlyList<DeadJob>> ListDeadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            "list dead jobs",
            transaction => transaction.Query(
                """
                select id, queue, collection, attempts, error from job where state = 2 order by id desc limit $max
                """,
                row => new DeadJob(
                    row.GetInt64(0),
                    row.GetString(1),
                    new CollectionId(row.GetString(2)),
                    row.GetInt32(3),
                    row.TextOrNull(4) ?? ""),
                ("$max", DeadCountMax)),
            cancellationToken);

    public Task<int> ReviveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "revive jobs",
            transaction => ids.Sum(id => transaction.Execute(
                "update or ignore job set state = 0, attempts = 0, run_at = $now where id = $id and state = 2",
                ("$now", database.Now),
                ("$id", id))),
            cancellationToken);

    internal static int Add(SqliteTransaction transaction, IReadOnlyList<JobRequest> jobs, long now)
    {
        if (jobs.Any(job => Encoding.UTF8.GetByteCount(job.Payload) > IJobStore.PayloadLengthMax))
        {
            throw new ArgumentException("The payload of a job has at most 64 KiB.", nameof(jobs));
        }

        return jobs.Sum(job => transaction.Execute(
            """
            insert or ignore into job (queue, collection, payload, dedupe, run_at)
            values ($queue, $collection, $payload, $dedupe, $at)
            """,
            ("$queue", job.Queue),
            ("$collection", job.Collection.Value),
            ("$payload", job.Payload),
            ("$dedupe", job.DedupeKey),
            ("$at", job.RunAt?.ToUnixTimeMilliseconds() ?? now)));
    }

    // The first job of every collection, then the second of every collection; among equals the collection that has
    // waited longest since it was served.
    private static IReadOnlyList<long> InTurn(SqliteTransaction transaction, string queue, int count, long now) =>
        transaction.Query(
            """
            select j.id from (
              select id, queue, collection, row_number() over (partition by collection order by run_at, id) as place
              from job where queue = $queue and (state = 0 and run_at <= $now or state = 1 and until <= $now)) j
            left join job_turn t on t.queue = j.queue and t.collection = j.collection
            order by j.place, coalesce(t.turn, 0), j.id limit $count
            """,
            row => row.GetInt64(0),
            ("$queue", queue),
            ("$now", now),
            ("$count", count));

    private static Job Claim(SqliteTransaction transaction, long id, string owner, long until)
    {
        var job = transaction.Query(
            """
            update job set state = 1, attempts = attempts + 1, fence = fence + 1, owner = $owner, until = $until
            where id = $id returning id, queue, collection, payload, attempts, fence, until
            """,
            row => new Job(
                row.GetInt64(0),
                row.GetString(1),
                new CollectionId(row.GetString(2)),
                row.GetString(3),
                row.GetInt32(4),
                row.GetInt64(5),
                row.Time(6)),
            ("$owner", owner),
            ("$until", until),
            ("$id", id))[0];
        transaction.Execute(
            """
            insert into job_turn values ($queue, $collection, (select coalesce(max(turn), 0) + 1 from job_turn))
            on conflict do update set turn = excluded.turn
            """,
            ("$queue", job.Queue),
            ("$collection", job.Collection.Value));
        return job;
    }

    // A worker that dies with the job each time must not keep it for ever.
    private static void BuryExhausted(SqliteTransaction transaction, string queue, long now) =>
        transaction.Execute(
            """
            update job set state = 2, error = 'the worker stopped without an answer'
            where queue = $queue and state = 1 and until <= $now and attempts >= $max
            """,
            ("$queue", queue),
            ("$now", now),
            ("$max", IJobStore.AttemptCountMax));
}
