namespace Terroir.Ingestion.Turns;

/// <summary>How many files may be read at once: one more while the machine has room, half as many when it is short of
/// memory.</summary>
/// <remarks>Additive increase and multiplicative decrease, as in TCP (Chiu and Jain 1989). Not safe to call from
/// several threads at once.</remarks>
internal sealed class AdaptiveLimit
{
    /// <summary>How often the machine is looked at.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly int _max;
    private readonly IMachineLoad _load;
    private readonly TimeProvider _timeProvider;
    private long? _lookedAt;

    /// <summary>Begins with the greatest limit.</summary>
    /// <param name="max">The greatest limit, at least 1.</param>
    /// <param name="load">The machine.</param>
    /// <param name="timeProvider">The clock.</param>
    public AdaptiveLimit(int max, IMachineLoad load, TimeProvider timeProvider) =>
        (_max, Current, _load, _timeProvider) = (max, max, load, timeProvider);

    /// <summary>The present limit: 1 to the greatest.</summary>
    public int Current { get; private set; }

    /// <summary>Looks at the machine, if the last look is long enough ago.</summary>
    public void Adapt()
    {
        if (_lookedAt is { } at && _timeProvider.GetElapsedTime(at) < Interval)
        {
            return;
        }

        _lookedAt = _timeProvider.GetTimestamp();
        Current = _load.IsShort() ? Math.Max(1, Current / 2) : Math.Min(_max, Current + 1);
    }
}
