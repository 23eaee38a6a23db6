namespace Terroir.Server.Callers;

/// <summary>Bounds how often somebody may fail to sign in, for an account and from an address.</summary>
/// <remarks>Unknown accounts are counted like known ones, so that the answer tells nothing. Safe to call from several
/// threads at once.</remarks>
internal sealed class SignInLimits(TimeProvider time)
{
    /// <summary>So many failures an account may have in a <see cref="Window"/>.</summary>
    internal const int PerAccountMax = 5;

    /// <summary>So many failures an address may have in a <see cref="Window"/>: many people may share one.</summary>
    internal const int PerAddressMax = 50;

    /// <summary>So many accounts and addresses are counted; a further one takes the place of the oldest.</summary>
    internal const int CountedMax = 10_000;

    /// <summary>How long a failure counts.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset Since)> _failures = new(StringComparer.Ordinal);
    private readonly Queue<(string Name, DateTimeOffset Since)> _oldest = new();

    /// <summary>Takes an attempt, which counts as a failure until <see cref="Forgive"/>.</summary>
    /// <returns>Whether it may be made.</returns>
    public bool TryTake(string account, string address)
    {
        lock (_gate)
        {
            var (byAccount, byAddress) = ($"account:{account}", $"address:{address}");
            if (CountOf(byAccount) >= PerAccountMax || CountOf(byAddress) >= PerAddressMax)
            {
                return false;
            }

            Add(byAccount);
            Add(byAddress);
            return true;
        }
    }

    /// <summary>Forgets the failures of an account that was recognised, and its attempt from the address.</summary>
    public void Forgive(string account, string address)
    {
        lock (_gate)
        {
            _failures.Remove($"account:{account}");
            if (_failures.TryGetValue($"address:{address}", out var known))
            {
                _failures[$"address:{address}"] = known with { Count = known.Count - 1 };
            }
        }
    }

    private int CountOf(string name) =>
        _failures.TryGetValue(name, out var known) && time.GetUtcNow() - known.Since < Window ? known.Count : 0;

    private void Add(string name)
    {
        var now = time.GetUtcNow();
        if (CountOf(name) is var count and > 0)
        {
            _failures[name] = _failures[name] with { Count = count + 1 };
            return;
        }

        _failures[name] = (1, now);
        _oldest.Enqueue((name, now));
        while (_oldest.Count > CountedMax)
        {
            var (oldest, since) = _oldest.Dequeue();
            if (_failures.TryGetValue(oldest, out var known) && known.Since == since)
            {
                _failures.Remove(oldest);
            }
        }
    }
}
