namespace Terroir.Ingestion.Turns;

/// <summary>Decides which file comes next: one that somebody waits for before those of synchronisations, and these of
/// each collection in turn, so that a large one does not keep a small one waiting.</summary>
/// <remarks>Safe to call from several threads at once. Those of one collection and priority come in the order in which
/// they asked. One turn in <see cref="BackgroundTurnShare"/> goes to synchronisations even while somebody waits, so
/// that they come to an end.</remarks>
/// <param name="limit">How many have a turn at once.</param>
internal sealed class TurnOrder(AdaptiveLimit limit)
{
    /// <summary>Of so many turns one goes to synchronisations, whoever waits.</summary>
    internal const int BackgroundTurnShare = 8;

    private readonly Lock _lock = new();
    private readonly WaitingReadings _interactive = new();
    private readonly WaitingReadings _background = new();
    private int _runningCount;
    private int _turnCount;

    /// <summary>Does something when its turn has come.</summary>
    /// <param name="collection">The collection of the file.</param>
    /// <param name="priority">How urgent it is.</param>
    /// <param name="actAsync">What is to be done.</param>
    /// <param name="cancellationToken">Gives the turn up.</param>
    public async ValueTask<T> RunAsync<T>(
        CollectionId collection,
        ReadingPriority priority,
        Func<ValueTask<T>> actAsync,
        CancellationToken cancellationToken)
    {
        await WaitAsync(collection, priority, cancellationToken);
        try
        {
            return await actAsync();
        }
        finally
        {
            Release();
        }
    }

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
        limit.Adapt();
        while (_runningCount < limit.Current && TakeNext() is { } turn)
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
}
