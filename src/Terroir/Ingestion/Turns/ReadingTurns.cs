using Terroir.Documents;

namespace Terroir.Ingestion.Turns;

/// <summary>Decides which file is read next: one that somebody waits for before those of synchronisations, and these
/// of each collection in turn, so that a large one does not keep a small one waiting.</summary>
/// <remarks>Safe to call from several threads at once. Those of one collection and priority are read in the order in
/// which they came. One turn in <see cref="BackgroundTurnShare"/> goes to synchronisations even while somebody
/// waits, so that they come to an end.</remarks>
internal sealed class ReadingTurns
{
    /// <summary>Of so many turns one goes to synchronisations, whoever waits.</summary>
    internal const int BackgroundTurnShare = 8;

    private readonly Lock _lock = new();
    private readonly IDocumentReader _reader;
    private readonly AdaptiveLimit _limit;
    private readonly WaitingReadings _interactive = new();
    private readonly WaitingReadings _background = new();
    private int _runningCount;
    private int _turnCount;

    /// <summary>Gives turns for a reader.</summary>
    /// <param name="reader">What reads.</param>
    /// <param name="limit">How many files it may read at once.</param>
    public ReadingTurns(IDocumentReader reader, AdaptiveLimit limit)
    {
        _reader = reader;
        _limit = limit;
    }

    /// <summary>The reader for the files of a collection.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="priority">How urgent they are.</param>
    public IDocumentReader For(CollectionId collection, ReadingPriority priority) =>
        new InTurn(this, collection, priority);

    private async ValueTask WaitAsync(
        CollectionId collection,
        ReadingPriority priority,
        CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            turn = (priority == ReadingPriority.Interactive ? _interactive : _background).Add(collection);
            GiveTurns();
        }

        await using var stopping = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
#pragma warning disable VSTHRD003 // It is completed by this object, on no thread in particular.
        await turn.Task;
#pragma warning restore VSTHRD003
    }

    private void Release()
    {
        lock (_lock)
        {
            _runningCount--;
            GiveTurns();
        }
    }

    // The last one always runs, however short the machine is: else nothing would ever be looked at again.
    private void GiveTurns()
    {
        _limit.Adapt();
        while (_runningCount < _limit.Current && TakeNext() is { } turn)
        {
            // One that gave up meanwhile takes no turn.
            if (turn.TrySetResult())
            {
                _runningCount++;
                _turnCount++;
            }
        }
    }

    private TaskCompletionSource? TakeNext()
    {
        var isBackgroundsTurn = _turnCount % BackgroundTurnShare == BackgroundTurnShare - 1;
        return isBackgroundsTurn
            ? _background.Take() ?? _interactive.Take()
            : _interactive.Take() ?? _background.Take();
    }

    private sealed class InTurn(ReadingTurns turns, CollectionId collection, ReadingPriority priority) : IDocumentReader
    {
        public async ValueTask<ReadOutcome> ReadAsync(
            ReadOnlyMemory<byte> content,
            string fileName,
            ReadLimits limits,
            CancellationToken cancellationToken)
        {
            await turns.WaitAsync(collection, priority, cancellationToken);
            try
            {
                return await turns._reader.ReadAsync(content, fileName, limits, cancellationToken);
            }
            finally
            {
                turns.Release();
            }
        }
    }
}
