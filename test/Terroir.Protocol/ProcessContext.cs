namespace Terroir.Protocol;

/// <summary>Runs what goes on in one process, on the one thread of its history. Nothing of it runs while the process is
/// frozen, and nothing ever again once it is dead.</summary>
internal sealed class ProcessContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Call, object? State)> _posts = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public bool IsFrozen { get; set; }

    public bool IsDead { get; private set; }

    /// <summary>Whether something went on on another thread: then the history cannot be replayed.</summary>
    public bool HasStrayed { get; private set; }

    public void Kill()
    {
        IsDead = true;
        _posts.Clear();
    }

    /// <summary>Begins something in the process; it runs to its first wait.</summary>
    public void Start(Action start)
    {
        _posts.Enqueue((_ => start(), null));
        Pump();
    }

    /// <summary>Runs everything that can go on.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Pump()
    {
        if (IsFrozen || _posts.Count == 0)
        {
            return false;
        }

        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            while (_posts.TryDequeue(out var post))
            {
                post.Call(post.State);
            }
        }
        finally
        {
            SetSynchronizationContext(outer);
        }

        return true;
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            HasStrayed = true;
        }
        else if (!IsDead)
        {
            _posts.Enqueue((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    public override SynchronizationContext CreateCopy() => this;
}
