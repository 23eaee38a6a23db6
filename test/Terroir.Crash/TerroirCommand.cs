using System.Diagnostics;

namespace Terroir.Crash;

/// <summary>Runs the command <c>terroir</c> in processes of their own, to their ends or until they are killed.
/// </summary>
/// <param name="path">The command.</param>
/// <param name="settings">What the environment of each process holds besides that of this one.</param>
/// <param name="findings">Told of each process that ends by itself with an error.</param>
internal sealed class TerroirCommand(
    string path,
    IReadOnlyDictionary<string, string> settings,
    KillFindings findings)
{
    /// <summary>Runs it to its end, which must be a good one.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output) = await TryAsync(arguments);
        findings.Check(exitCode == 0, $"'terroir {string.Join(' ', arguments)}' ended with {exitCode}: {output}");
        return output;
    }

    /// <summary>Runs it to its end.</summary>
    public async Task<(int ExitCode, string Output)> TryAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = await ReadAllAsync(process);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, output);
    }

    /// <summary>Runs it, and kills it after a time.</summary>
    /// <returns>Whether it was killed; one that had come to its end was not.</returns>
    public async Task<bool> KillAsync(TimeSpan after, params string[] arguments)
    {
        using var process = Start(arguments);
        var output = ReadAllAsync(process);
        await Task.WhenAny(
            process.WaitForExitAsync(CancellationToken.None),
            Task.Delay(after, CancellationToken.None));
        var isRunning = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        findings.Check(
            isRunning || process.ExitCode == 0,
            $"'terroir {string.Join(' ', arguments)}' ended by itself: {await output}");
        return isRunning;
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<string> ReadAllAsync(Process process)
    {
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        return await process.StandardOutput.ReadToEndAsync(CancellationToken.None) + await error;
    }
}
