using Terroir.Catalog;
using Terroir.Sources;

#pragma warning disable VSTHRD003 // Every task that is awaited here was started here, on the pool.

namespace Terroir.Ingestion.Sync;

/// <summary>Reads the files of a plan and commits them in batches, as they are done: a file that takes long keeps no
/// other one waiting. While one batch is being made durable, the next is read.</summary>
/// <remarks>The bytes of files that are being read, or wait for their commit, are bounded: reading waits for the
/// commit when they are too many. Files with scans are set aside when that is seen, and read again in a lane of their
/// own: their pages take seconds each.</remarks>
internal sealed class BatchedReading
{
    /// <summary>A commit takes at most about this many documents.</summary>
    internal const int BatchCountMax = 256;

    /// <summary>A commit takes at most about this many bytes of originals and text.</summary>
    internal const long BatchSizeMaxBytes = 8 << 20;

    /// <summary>The most bytes of files that are read or wait for their commit, and the most of those that are
    /// recognised. A larger file is read alone.</summary>
    internal const long InFlightSizeMaxBytes = 32 << 20;

    /// <summary>The most files that are read at once for each processor.</summary>
    internal const int InFlightCountPerProcessor = 4;

    /// <summary>What is counted for an item whose size its source does not tell.</summary>
    internal const long UnknownSizeBytes = 1 << 20;

    /// <summary>A file that was read waits no longer for others to be committed with.</summary>
    internal static readonly TimeSpan BatchWaitMax = TimeSpan.FromSeconds(5);

    private static readonly int InFlightCountMax = Environment.ProcessorCount * InFlightCountPerProcessor;

    // A page occupies a processor by itself.
    private static readonly int RecognizingCountMax = Environment.ProcessorCount;

    private readonly ICollectionWriter _writer;
    private readonly SyncPlan _plan;
    private readonly SyncRounds _rounds;
    private readonly TimeProvider _timeProvider;
    private readonly IProgress<SyncProgress>? _progress;
    private readonly Func<Task<bool>>? _isPausedAsync;
    private readonly ReadingLane _reading;
    private readonly ReadingLane _recognizing;
    private readonly Queue<ListedItem> _scans = new();
    private readonly long _start;
    private readonly long _weight;
    private List<FileResult> _batch = [];
    private long _batchSize;
    private int _batchDocumentCount;
    private long _committingSize;
    private long _doneWeight;
    private int _nextIndex;
    private Task _commit = Task.CompletedTask;
    private Task _waitForOthers = Task.CompletedTask;
    private volatile bool _hasAdvanced;
    private volatile bool _isPaused;

    /// <summary>Makes the lanes; nothing is read yet.</summary>
    /// <param name="writer">What commits.</param>
    /// <param name="plan">What there is to do.</param>
    /// <param name="reading">Reads a file.</param>
    /// <param name="rounds">What is known from earlier rounds of the synchronisation.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="progress">Told after each commit.</param>
    /// <param name="isPausedAsync">Asked after each commit.</param>
    public BatchedReading(
        ICollectionWriter writer,
        SyncPlan plan,
        FileReading reading,
        SyncRounds rounds,
        TimeProvider timeProvider,
        IProgress<SyncProgress>? progress,
        Func<Task<bool>>? isPausedAsync = null)
    {
        _writer = writer;
        _plan = plan;
        _rounds = rounds;
        _timeProvider = timeProvider;
        _progress = progress;
        _isPausedAsync = isPausedAsync;
        _reading = new(InFlightCountMax, (item, stop) => reading.ReadAsync(item, plan.FormerOf(item), false, stop));
        _recognizing = new(RecognizingCountMax, (item, stop) =>
            reading.ReadAsync(item, plan.FormerOf(item), true, stop));
        _start = timeProvider.GetTimestamp();
        _weight = plan.ToRead.Sum(SyncRehearsal.WeightOf);
    }

    /// <summary>After so long no more files are begun, once something is done; infinite if all are.</summary>
    public TimeSpan DurationMax { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>The most bytes that were read, or waited for their commit, at once.</summary>
    internal long InFlightPeakBytes { get; private set; }

    private long InFlightSize => _reading.SizeBytes + _batchSize + _committingSize;

    private bool IsReading => _reading.Count + _recognizing.Count > 0;

    private bool IsTimeUp => _hasAdvanced
        && DurationMax != Timeout.InfiniteTimeSpan
        && _timeProvider.GetElapsedTime(_start) >= DurationMax;

    private bool HasMoreToStart => _nextIndex < _plan.ToRead.Count || _scans.Count > 0;

    private bool IsBatchFull => _batchSize >= BatchSizeMaxBytes
        || _batch.Count >= BatchCountMax
        || _batchDocumentCount >= BatchCountMax;

    private bool ShouldCommit => _batch.Count > 0 && (!IsReading || IsBatchFull || _waitForOthers.IsCompleted);

    /// <summary>Reads and commits everything.</summary>
    /// <param name="cancellationToken">Stops; batches that were committed stay.</param>
    /// <returns>How it ended.</returns>
    public async Task<ReadingEnd> RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (!_isPaused && ((HasMoreToStart && !IsTimeUp) || IsReading || _batch.Count > 0))
            {
                await StepAsync(stopping.Token, cancellationToken);
            }

            await EndCommitAsync();
            return _isPaused ? ReadingEnd.Paused : HasMoreToStart ? ReadingEnd.TimeIsUp : ReadingEnd.Done;
        }
        finally
        {
            // Nothing goes on behind the caller's back, whatever ended the loop: it is the first failure that counts. A
            // commit that has begun comes to its end, unless the caller wants none.
            await stopping.CancelAsync();
            List<Task> left = [_commit];
            _reading.AddTo(left);
            _recognizing.AddTo(left);
            await Task.WhenAll(left)
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
        if (IsReading || _batch.Count == 0)
        {
            await WaitAsync();
        }

        await TakeAsync(_reading, stopReading);
        await TakeAsync(_recognizing, stopReading);
        if (ShouldCommit && (_commit.IsCompleted || IsBatchFull || !IsReading))
        {
            await EndCommitAsync();
            StartReading(stopReading);

            // The end of the former commit may have made room, so that it is too early for a small batch.
            if (ShouldCommit && !_isPaused)
            {
                StartCommit(cancellationToken);
            }
        }
    }

    // Waits until a file is read, the commit has ended, or the batch has waited long enough.
    private async Task WaitAsync()
    {
        List<Task> events = [];
        _reading.AddTo(events);
        _recognizing.AddTo(events);
        if (!_commit.IsCompleted || events.Count == 0)
        {
            // Where nothing is read, only the commit can make room.
            events.Add(_commit);
        }
        else if (_batch.Count > 0)
        {
            events.Add(_waitForOthers);
        }

        await Task.WhenAny(events);
    }

    private void StartReading(CancellationToken cancellationToken)
    {
        while (!IsTimeUp && _nextIndex < _plan.ToRead.Count)
        {
            var item = _plan.ToRead[_nextIndex];
            if (_rounds.IsScan(item))
            {
                _scans.Enqueue(item);
            }
            else if (_reading.HasRoomFor(item, _batchSize + _committingSize, InFlightSizeMaxBytes))
            {
                _reading.Start(item, cancellationToken);
                InFlightPeakBytes = Math.Max(InFlightPeakBytes, InFlightSize);
            }
            else
            {
                break;
            }

            _nextIndex++;
        }

        while (!IsTimeUp && _scans.TryPeek(out var scan) && _recognizing.HasRoomFor(scan, 0, InFlightSizeMaxBytes))
        {
            _recognizing.Start(_scans.Dequeue(), cancellationToken);
        }
    }

    private async Task TakeAsync(ReadingLane lane, CancellationToken stopReading)
    {
        while (!IsBatchFull && await lane.TakeAsync() is { } result)
        {
            if (result.IsDeferred)
            {
                _rounds.AddScan(result.Item);
                _scans.Enqueue(result.Item);
                continue;
            }

            if (_batch.Count == 0)
            {
                _waitForOthers = Task.Delay(BatchWaitMax, _timeProvider, stopReading);
            }

            _batch.Add(result);
            _batchSize += result.SizeBytes;
            _batchDocumentCount += result.Documents.Count;
            InFlightPeakBytes = Math.Max(InFlightPeakBytes, InFlightSize);
        }
    }

    private void StartCommit(CancellationToken cancellationToken)
    {
        var batch = _batch;
        _commit = Task.Run(() => CommitAsync(batch, cancellationToken), cancellationToken);
        _committingSize = _batchSize;
        _batch = [];
        _batchSize = 0;
        _batchDocumentCount = 0;
    }

    private async Task CommitAsync(List<FileResult> batch, CancellationToken cancellationToken)
    {
        var tally = _plan.Tally;
        var change = _plan.ChangeFor(batch, _timeProvider.GetUtcNow());
        await _writer.CommitAsync(change, cancellationToken);
        tally.Commit(change, batch);
        _hasAdvanced |= batch.Exists(result => !result.IsPostponed);
        _doneWeight += batch.Sum(result => SyncRehearsal.WeightOf(result.Item));
        _progress?.Report(new SyncProgress(
            _plan.ToRead.Count + tally.EarlierCount,
            tally.DoneCount,
            batch[^1].Item.Path)
        {
            DocumentCount = tally.AddedCount + tally.ChangedCount + tally.MovedCount,
            QuarantinedCount = tally.QuarantinedCount,
            Remaining = _timeProvider.GetElapsedTime(_start) * ((double)(_weight - _doneWeight) / _doneWeight),
        });
        _isPaused = _isPausedAsync is not null && await _isPausedAsync();
    }

    private async Task EndCommitAsync()
    {
        await _commit;
        _committingSize = 0;
        _commit = Task.CompletedTask;
    }
}

/// <summary>How the reading of a plan ended.</summary>
internal enum ReadingEnd
{
    /// <summary>Everything is read.</summary>
    Done,

    /// <summary>The source was paused meanwhile.</summary>
    Paused,

    /// <summary>There is more to read, and it has taken so long that the source should be listed anew.</summary>
    TimeIsUp,
}
