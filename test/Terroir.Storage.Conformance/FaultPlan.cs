namespace Terroir.Storage.Conformance;

/// <summary>Says which call of the faulty stores that share it fails, and how. Safe to share between threads.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<string> _log = [];
    private int _faultAt = -1;
    private StoreFault _fault;

    /// <summary>Awaited before each call with its name, such as <c>object store: put</c>, and after it with
    /// <c>, done</c> behind the name: a test decides there who goes on, or who never does.</summary>
    public Func<string, Task>? Turn { get; init; }

    /// <summary>Every call so far, such as <c>object store: put</c>.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_gate)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>Lets one call fail.</summary>
    /// <param name="call">Its number from here; 0 is the next one.</param>
    /// <param name="fault">How.</param>
    public void FailAt(int call, StoreFault fault)
    {
        lock (_gate)
        {
            (_faultAt, _fault) = (_log.Count + call, fault);
        }
    }

    /// <summary>Lets no call fail any more.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            _faultAt = -1;
        }
    }

    /// <summary>Runs a call under the plan.</summary>
    /// <param name="store">The store, for the error.</param>
    /// <param name="action">What it does, for the error.</param>
    /// <param name="call">The call.</param>
    /// <param name="damage">What <see cref="StoreFault.Damaged"/> does to the answer; <see langword="null"/> for
    /// nothing.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="StorageFailedException">The plan says so.</exception>
    internal async Task<T> RunAsync<T>(string store, string action, Func<Task<T>> call, Func<T, T>? damage = null)
    {
        var name = $"{store}: {action}";
        await TakeTurnAsync(name);
        var fault = Next(name);
        if (fault is StoreFault.Refused or StoreFault.Dead)
        {
            throw Failed(store, action, fault.Value);
        }

        var answer = await call();
        await TakeTurnAsync(name + ", done");
        return fault switch
        {
            StoreFault.AnswerLost => throw Failed(store, action, fault.Value),
            StoreFault.Damaged when damage is not null => damage(answer),
            _ => answer,
        };
    }

    /// <summary>Runs a call without an answer under the plan.</summary>
    internal Task RunAsync(string store, string action, Func<Task> call) =>
        RunAsync(store, action, async () =>
        {
            await call();
            return true;
        });

    private static StorageFailedException Failed(string store, string action, StoreFault fault) =>
        new(store, action, isTransient: fault != StoreFault.Dead, new IOException($"Injected: {fault}."));

    private Task TakeTurnAsync(string place) => Turn?.Invoke(place) ?? Task.CompletedTask;

    private StoreFault? Next(string call)
    {
        lock (_gate)
        {
            var number = _log.Count;
            _log.Add(call);
            var isFaulty = _fault == StoreFault.Dead ? number >= _faultAt : number == _faultAt;
            return _faultAt >= 0 && isFaulty ? _fault : null;
        }
    }
}
