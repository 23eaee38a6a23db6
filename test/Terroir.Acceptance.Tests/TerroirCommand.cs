using System.Diagnostics;

namespace Terroir.Acceptance.Tests;

/// <summary>The command as a user runs it: a child process.</summary>
internal static class TerroirCommand
{
    public static Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        RunAsync(arguments, new Dictionary<string, string?>(StringComparer.Ordinal));

    public static async Task<(int Exit, string Output, string Error)> RunAsync(
        string[] arguments,
        IReadOnlyDictionary<string, string?> environment)
    {
        using var process = Start(arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Starts the command; the caller reads what it prints and waits for its end.</summary>
    public static Process Start(string[] arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Terroir.Cli.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
