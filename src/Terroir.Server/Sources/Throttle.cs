namespace Terroir.Server.Sources;

/// <summary>Spreads bytes over time: at most so many a second, after a first second's worth at once.</summary>
/// <remarks>Safe to call from several threads at once; all connections of a source share one.</remarks>
/// <param name="bytesPerSecond">The rate; at least 1.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class Throttle(long bytesPerSecond, TimeProvider timeProvider)
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly long _start = timeProvider.GetTimestamp();

    // Until when, counted from the start, the bytes so far fill the line.
    private TimeSpan _filled = -Burst;

    /// <summary>The most bytes that should go at once: a tenth of a second's worth.</summary>
    public int ChunkMaxBytes => (int)Math.Clamp(bytesPerSecond / 10, 1, 64 << 10);

    /// <summary>Counts bytes that went.</summary>
    /// <returns>How long to wait before the next ones.</returns>
    public TimeSpan Count(int bytes)
    {
        lock (_gate)
        {
            var now = timeProvider.GetElapsedTime(_start);
            var earliest = now - Burst;
            _filled = (_filled > earliest ? _filled : earliest) + TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
            return _filled > now ? _filled - now : TimeSpan.Zero;
        }
    }

    /// <summary>Counts bytes that went, and waits.</summary>
    public async ValueTask WaitAsync(int bytes, CancellationToken cancellationToken)
    {
        var wait = Count(bytes);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, timeProvider, cancellationToken);
        }
    }
}
