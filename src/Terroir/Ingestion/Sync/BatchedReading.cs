using Terroir.Catalog;
using Terroir.Sources;

#pragma warning disable VSTHRD003 // Every task that is awaited here was started here, on the pool.

namespace Terroir.Ingestion.Sync;

/// <summary>Reads the files of a plan and commits them in batches, in the order of the plan. While one batch is being
/// made durable, the next is read.</summary>
/// <remarks>The bytes of files that are being read, or wait for their commit, are bounded: reading waits for the
/// commit when they are too many.</remarks>
internal sealed class BatchedReading(
    ICollectionWriter writer,
    SyncPlan plan,
    FileReading reading,
    TimeProvider timeProvider,
    IProgress<SyncProgress>? progress,
    Func<Task<bool>>? isPausedAsync = null)
{
    /// <summary>A commit takes at most about this many documents.</summary>
    internal const int BatchCountMax = 256;

    /// <summary>A commit takes at most about this many bytes of originals and text.</summary>
    internal const long BatchSizeMaxBytes = 8 << 20;

    /// <summary>The most bytes of files that are read or wait for their commit. A larger file is read alone.</summary>
    internal const long InFlightSizeMaxBytes = 32 << 20;

    /// <summary>The most files that are read at once for each processor.</summary>
    internal const int InFlightCountPerProcessor = 4;

    /// <summary>What is counted for an item whose size its source does not tell.</summary>
    internal const long UnknownSizeBytes = 1 << 20;

    private static readonly int InFlightCountMax = Environment.ProcessorCount * InFlightCountPerProcessor;

    private readonly Queue<(ListedItem Item, Task<FileResult> Reading)> _running = new();
    private List<FileResult> _batch = [];
    private long _batchSize;
    private long _committingSize;
    private long _inFlightSize;
    private readonly long _start = timeProvider.GetTimestamp();
    private readonly long _weight = plan.ToRead.Sum(SyncRehearsal.WeightOf);
    private long _doneWeight;
    private int _nextIndex;
    private Task _commit = Task.CompletedTask;
    private volatile bool _isPaused;

    /// <summary>The most bytes that were in flight at once.</summary>
    internal long InFlightPeakBytes { get; private set; }

    private bool ShouldCommit => _batch.Count > 0
        && (_running.Count == 0
            || _batchSize >= BatchSizeMaxBytes
            || _batch.Count >= BatchCountMax
            || _batch.Sum(result => result.Documents.Count) >= BatchCountMax);

    /// <summary>Reads and commits everything.</summary>
    /// <param name="cancellationToken">Stops; batches that were committed stay.</param>
    /// <returns>Whether it came to the end; it does not when it is paused after a batch.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (!_isPaused && (_nextIndex < plan.ToRead.Count || _running.Count > 0 || _batch.Count > 0))
            {
                await StepAsync(stopping.Token, cancellationToken);
            }

            await EndCommitAsync();
            return !_isPaused;
        }
        finally
        {
            // Nothing goes on behind the caller's back, whatever ended the loop: it is the first failure that counts. A
            // commit that has begun comes to its end, unless the caller wants none.
            await stopping.CancelAsync();
            await Task.WhenAll(_running.Select(entry => entry.Reading).Append(_commit))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StepAsync(CancellationToken stopReading, CancellationToken cancellationToken)
    {
        if (_commit.IsCompleted)
        {
            await EndCommitAsync();
        }

        StartReading(stopReading);
        if (_running.TryPeek(out var first))
        {
            Take(first.Item, await first.Reading);
            _running.Dequeue();
        }
        else if (_batch.Count == 0)
        {
            // Only the commit can make room.
            await EndCommitAsync();
        }

        if (ShouldCommit)
        {
            await EndCommitAsync();
            StartReading(stopReading);
        }

        // The end of the former commit may have made room, so that it is too early for a small batch.
        if (ShouldCommit && !_isPaused)
        {
            StartCommit(cancellationToken);
        }
    }

    private void StartReading(CancellationToken cancellationToken)
    {
        while (_nextIndex < plan.ToRead.Count && _running.Count < InFlightCountMax)
        {
            var item = plan.ToRead[_nextIndex];
            if (_inFlightSize > 0 && _inFlightSize + SizeOf(item) > InFlightSizeMaxBytes)
            {
                return;
            }

            _nextIndex++;
            Grow(SizeOf(item));
            _running.Enqueue((item, Task.Run(
                () => reading.ReadAsync(item, plan.FormerOf(item), cancellationToken),
                cancellationToken)));
        }
    }

    private static long SizeOf(ListedItem item) => item.SizeBytes ?? UnknownSizeBytes;

    // What was counted for an item is its size as listed; from here on it is what its documents hold.
    private void Take(ListedItem item, FileResult result)
    {
        var size = result.SizeBytes;
        Grow(size - SizeOf(item));
        _batch.Add(result);
        _batchSize += size;
    }

    private void StartCommit(CancellationToken cancellationToken)
    {
        var batch = _batch;
        _commit = Task.Run(() => CommitAsync(batch, cancellationToken), cancellationToken);
        _committingSize = _batchSize;
        _batch = [];
        _batchSize = 0;
    }

    private async Task CommitAsync(List<FileResult> batch, CancellationToken cancellationToken)
    {
        var change = plan.ChangeFor(batch, timeProvider.GetUtcNow());
        await writer.CommitAsync(change, cancellationToken);
        plan.Tally.Commit(change, batch);
        _doneWeight += batch.Sum(result => SyncRehearsal.WeightOf(result.Item));
        progress?.Report(new SyncProgress(plan.ToRead.Count, plan.Tally.DoneCount, batch[^1].Item.Path)
        {
            DocumentCount = plan.Tally.AddedCount + plan.Tally.ChangedCount + plan.Tally.MovedCount,
            QuarantinedCount = plan.Tally.QuarantinedCount,
            Remaining = timeProvider.GetElapsedTime(_start) * ((double)(_weight - _doneWeight) / _doneWeight),
        });
        _isPaused = isPausedAsync is not null && await isPausedAsync();
    }

    private async Task EndCommitAsync()
    {
        await _commit;
        _inFlightSize -= _committingSize;
        _committingSize = 0;
        _commit = Task.CompletedTask;
    }

    private void Grow(long size)
    {
        _inFlightSize += size;
        InFlightPeakBytes = Math.Max(InFlightPeakBytes, _inFlightSize);
    }
}
