namespace Terroir.Server;

/// <summary>Work that is done again and again for as long as the host runs.</summary>
internal static class PeriodicWork
{
    /// <summary>Does it at once, and again after each interval.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="interval">How often; positive.</param>
    /// <param name="work">What is done. What it throws ends the repetition.</param>
    /// <param name="stoppingToken">Ends the repetition.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async Task RepeatAsync(
        this TimeProvider time,
        TimeSpan interval,
        Func<CancellationToken, Task> work,
        CancellationToken stoppingToken)
    {
        // The host must not wait for the first time before it listens.
        await Task.Yield();
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            await work(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
