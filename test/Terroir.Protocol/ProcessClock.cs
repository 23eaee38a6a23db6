namespace Terroir.Protocol;

/// <summary>The clocks of one process: a suspension stops the monotonic one, and a person may set the other back.
/// </summary>
internal sealed class ProcessClock(TimeProvider world) : TimeProvider
{
    private readonly List<ITimer> _timers = [];
    private long _suspended;
    private TimeSpan _setBack;

    public override long TimestampFrequency => world.TimestampFrequency;

    public override long GetTimestamp() => world.GetTimestamp() - _suspended;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() - _setBack;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = world.CreateTimer(callback, state, dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>The timers of a dead process never ring.</summary>
    public void StopTimers()
    {
        foreach (var timer in _timers)
        {
            timer.Dispose();
        }
    }

    /// <summary>The monotonic clock did not see this.</summary>
    public void Suspend(TimeSpan duration) =>
        _suspended += (long)(duration.TotalSeconds * world.TimestampFrequency);

    /// <summary>Somebody corrects the time of day.</summary>
    public void SetBack(TimeSpan duration) => _setBack += duration;
}
