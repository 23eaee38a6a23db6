namespace Terroir.Tests.Ingestion;

/// <summary>The clock of the system, on which every wait is over at once; it remembers how long they should have been.
/// </summary>
internal sealed class HurriedTime : TimeProvider
{
    private readonly List<TimeSpan> _waits = [];

    /// <summary>The waits so far.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_waits)
            {
                return [.. _waits];
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_waits)
        {
            _waits.Add(dueTime);
        }

        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
