using System.Diagnostics;

namespace Terroir.Bench.Processes;

/// <summary>What a child process printed, how long it ran, and how much of the processors it used.</summary>
internal sealed record ChildProcess(string Output, TimeSpan Elapsed, TimeSpan Used)
{
    /// <summary>The <c>terroir</c> command that was built with the benchmarks.</summary>
    public static Task<ChildProcess> RunTerroirAsync(
        IEnumerable<string> arguments,
        CancellationToken cancellationToken) =>
        RunAsync("dotnet", [CommandFile, .. arguments], cancellationToken);

    public static string CommandFile => Path.Combine(AppContext.BaseDirectory, "Terroir.Cli.dll");

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<ChildProcess> RunAsync(
        string command,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken)
    {
        var before = await ProcessorTime.ReadOfEndedChildrenAsync(cancellationToken);
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var after = await ProcessorTime.ReadOfEndedChildrenAsync(cancellationToken);
        return process.ExitCode == 0
            ? new ChildProcess(output, elapsed, after - before)
            : throw new InvalidOperationException($"{command} ended with {process.ExitCode}: {await error}");
    }
}
