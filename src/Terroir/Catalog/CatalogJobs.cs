using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Claims jobs of the catalogue's queues and does them. Every job may run twice: each is a look at what there
/// is to do, and doing it again finds nothing.</summary>
internal sealed partial class CatalogJobs(
    ICatalog catalog,
    ICatalogMaintenance maintenance,
    IMetastore metastore,
    TimeProvider timeProvider,
    ILogger<CatalogJobs>? logger = null) : ICatalogJobs
{
    /// <summary>Merges and repacks one collection.</summary>
    internal const string TidyQueue = "catalog-tidy";

    /// <summary>Collects the garbage of the site.</summary>
    internal const string GarbageQueue = "catalog-gc";

    /// <summary>Garbage younger than this stays.</summary>
    internal static readonly TimeSpan GarbageGrace = TimeSpan.FromHours(24);

    /// <summary>How often garbage is collected.</summary>
    internal static readonly TimeSpan GarbageInterval = TimeSpan.FromHours(1);

    /// <summary>How long a job is claimed without a sign of its worker.</summary>
    internal static readonly TimeSpan ClaimDuration = TimeSpan.FromMinutes(2);

    /// <summary>How long a job waits for a collection that somebody writes to.</summary>
    internal static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(30);

    /// <summary>How long a job waits after its first failure; twice as long after each further one.</summary>
    internal static readonly TimeSpan FailureDelay = TimeSpan.FromMinutes(1);

    private static readonly string[] Queues = [TidyQueue, GarbageQueue];

    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}";
    private readonly ILogger _logger = logger ?? NullLogger<CatalogJobs>.Instance;

    /// <summary>The jobs that a commit to a collection brings; while one waits, another is not added.</summary>
    public static IReadOnlyList<JobRequest> After(CollectionId collection) =>
        [new JobRequest(TidyQueue, collection, "", DedupeKey: collection.Value)];

    public async Task ScheduleAsync(CancellationToken cancellationToken)
    {
        // The job is for the whole site; the table wants a collection to go round, so it stands under the first.
        if (await catalog.ListHeadsAsync(cancellationToken) is [var first, ..])
        {
            await metastore.Jobs.EnqueueAsync([Garbage(first.Collection, null)], cancellationToken);
        }
    }

    public async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in Queues)
        {
            if (await metastore.Jobs.ClaimAsync(queue, _owner, 1, ClaimDuration, cancellationToken) is [var job])
            {
                await RunAsync(job, cancellationToken);
                return true;
            }
        }

        return false;
    }

    private static JobRequest Garbage(CollectionId collection, DateTimeOffset? runAt) =>
        new(GarbageQueue, collection, "", DedupeKey: GarbageQueue, RunAt: runAt);

    private async Task RunAsync(Job job, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beating = BeatAsync(job, ended.Token);
        try
        {
            var followUps = await DoAsync(job, cancellationToken);
            await metastore.Jobs.CompleteAsync(job, followUps, cancellationToken);
        }
        catch (LeaseHeldException)
        {
            // Somebody writes or collects. That is no failure of the job: it stands in line again.
            var later = new JobRequest(
                job.Queue,
                job.Collection,
                job.Payload,
                string.Equals(job.Queue, TidyQueue, StringComparison.Ordinal) ? job.Collection.Value : job.Queue,
                timeProvider.GetUtcNow() + BusyDelay);
            await metastore.Jobs.CompleteAsync(job, [later], cancellationToken);
        }
        catch (TerroirException exception)
        {
            LogJobFailed(exception, job.Queue, job.Collection.Value, job.AttemptCount);
            var delay = FailureDelay * (1 << Math.Min(job.AttemptCount, IJobStore.AttemptCountMax));
            await metastore.Jobs.FailAsync(job, $"{exception.Code} {exception.Message}", delay, cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await beating;
        }
    }

    private async Task<IReadOnlyList<JobRequest>> DoAsync(Job job, CancellationToken cancellationToken)
    {
        if (string.Equals(job.Queue, GarbageQueue, StringComparison.Ordinal))
        {
            var deleted = await maintenance.CollectGarbageAsync(GarbageGrace, cancellationToken);
            LogCollected(deleted.Count, deleted.Sum(item => item.SizeBytes));
            return [Garbage(job.Collection, timeProvider.GetUtcNow() + GarbageInterval)];
        }

        await using var writer = await catalog.OpenWriterAsync(job.Collection, cancellationToken);
        var isTidied = await writer.MergeAsync(cancellationToken) || await writer.RepackAsync(cancellationToken);
        return isTidied ? After(job.Collection) : [];
    }

    // A long merge keeps its claim, so that no second worker starts on it.
    private async Task BeatAsync(Job job, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(ClaimDuration / 3, timeProvider);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await metastore.Jobs.ExtendAsync(job, ClaimDuration, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or StorageFailedException)
        {
            // Another worker may claim the job; the lease of the collection lets only one of them write.
        }
    }

    [LoggerMessage(1503, LogLevel.Warning, "job {Queue} of {Collection} failed at attempt {Attempt}")]
    private partial void LogJobFailed(Exception exception, string queue, string collection, int attempt);

    [LoggerMessage(1504, LogLevel.Information, "garbage collected: {Count} objects, {SizeBytes} bytes")]
    private partial void LogCollected(int count, long sizeBytes);
}
