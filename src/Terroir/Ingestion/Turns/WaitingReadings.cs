namespace Terroir.Ingestion.Turns;

/// <summary>Readings that wait for their turn: the collections go round, and within one it is first come, first served.
/// </summary>
/// <remarks>Not safe to call from several threads at once. Who waits is bounded by who calls: a synchronisation reads
/// a few files for each processor at once.</remarks>
internal sealed class WaitingReadings
{
    private readonly Dictionary<CollectionId, Queue<TaskCompletionSource>> _queues = [];
    private readonly Queue<CollectionId> _round = new();

    /// <summary>Adds a reading.</summary>
    /// <param name="collection">The collection of its file.</param>
    /// <returns>What is completed when its turn has come.</returns>
    public TaskCompletionSource Add(CollectionId collection)
    {
        // The one who waits goes on elsewhere, never inside the lock of who gives the turn.
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_queues.TryGetValue(collection, out var queue))
        {
            queue = new Queue<TaskCompletionSource>();
            _queues.Add(collection, queue);
            _round.Enqueue(collection);
        }

        queue.Enqueue(turn);
        return turn;
    }

    /// <summary>Takes the next one out, or nothing.</summary>
    public TaskCompletionSource? Take()
    {
        if (!_round.TryDequeue(out var collection))
        {
            return null;
        }

        var queue = _queues[collection];
        var turn = queue.Dequeue();
        if (queue.Count > 0)
        {
            _round.Enqueue(collection);
        }
        else
        {
            _queues.Remove(collection);
        }

        return turn;
    }
}
