namespace Terroir.Protocol;

/// <summary>The calls of a process that wait for their turn: one place before each call of a store, one after it.
/// </summary>
internal sealed class Turns
{
    private readonly List<Turn> _waiting = [];

    /// <summary>Those that wait, the longest first.</summary>
    public IReadOnlyList<Turn> Waiting => _waiting;

    /// <summary>Whether no call waits any more for a turn: the process ends without interleaving.</summary>
    public bool IsOpen { get; set; }

    public Task WaitAsync(string call)
    {
        if (IsOpen)
        {
            return Task.CompletedTask;
        }

        var turn = new Turn(call, new TaskCompletionSource());
        _waiting.Add(turn);
#pragma warning disable VSTHRD003 // The history lets it go on, on the same thread.
        return turn.Source.Task;
#pragma warning restore VSTHRD003
    }

    public void Take(Turn turn)
    {
        _waiting.Remove(turn);
        turn.Source.SetResult();
    }

    public void Clear() => _waiting.Clear();
}

/// <summary>One that waits.</summary>
/// <param name="Call">The call; after it, with <c>, done</c> at its end.</param>
/// <param name="Source">What lets it go on.</param>
internal sealed record Turn(string Call, TaskCompletionSource Source);
