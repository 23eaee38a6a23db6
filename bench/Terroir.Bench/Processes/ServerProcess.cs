using System.Diagnostics;
using System.Globalization;

namespace Terroir.Bench.Processes;

/// <summary>A running <c>terroir serve</c>.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Announcement = "Listening on ";

    private readonly Process _process;

    private ServerProcess(Process process, Uri address, TimeSpan startTime, TimeSpan startUse)
    {
        _process = process;
        Address = address;
        StartTime = startTime;
        StartUse = startUse;
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to the first answer of <c>/readyz</c>.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>What it used of the processors until then.</summary>
    public TimeSpan StartUse { get; }

    /// <summary>Starts the server on a free port of this machine and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<ServerProcess> StartAsync(string data, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [ChildProcess.CommandFile, "serve", "--demo", "--url", "http://127.0.0.1:0", "--data", data])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                var address = new Uri(line[Announcement.Length..line.IndexOf(';', StringComparison.Ordinal)]);
                using var client = new HttpClient { BaseAddress = address };
                using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative), cancellationToken);
                answer.EnsureSuccessStatusCode();
                var elapsed = Stopwatch.GetElapsedTime(started);
                var used = await ProcessorTime.ReadAsync(process.Id, cancellationToken);
                return new ServerProcess(process, address, elapsed, used);
            }
        }

        process.Dispose();
        throw new InvalidOperationException("The server did not start.");
    }

    /// <summary>What it has used of the processors so far.</summary>
    public Task<TimeSpan> ReadUseAsync(CancellationToken cancellationToken) =>
        ProcessorTime.ReadAsync(_process.Id, cancellationToken);

    /// <summary>The most memory that the process has had so far, in MB of 1,048,576 bytes.</summary>
    public async Task<long> ReadPeakMemoryAsync(CancellationToken cancellationToken)
    {
        var peak = await Report.FindAsync($"/proc/{_process.Id}/status", "VmHWM", cancellationToken);
        return long.Parse(peak!.Split(' ')[0], CultureInfo.InvariantCulture) >> 10;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
