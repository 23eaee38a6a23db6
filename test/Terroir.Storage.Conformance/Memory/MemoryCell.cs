namespace Terroir.Storage.Conformance.Memory;

/// <summary>Holds the newest state; one call at a time.</summary>
internal sealed class MemoryCell(TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private MemoryState _state = new();

    public MemoryCell Copy()
    {
        lock (_gate)
        {
            return new MemoryCell(timeProvider) { _state = _state };
        }
    }

    public Task<T> ReadAsync<T>(Func<MemoryState, T> reading, CancellationToken cancellationToken) =>
        ChangeAsync((state, _) => (state, reading(state)), cancellationToken);

    /// <summary>Runs a change. When it throws, the state is as before.</summary>
    public Task<T> ChangeAsync<T>(
        Func<MemoryState, DateTimeOffset, (MemoryState State, T Result)> change,
        CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (_gate)
        {
            (_state, var result) = change(_state, timeProvider.GetUtcNow());
            return Task.FromResult(result);
        }
    }
}
