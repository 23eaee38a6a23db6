using System.Diagnostics;

namespace Terroir.Acceptance.Tests;

/// <summary>The command as a user runs it: a child process.</summary>
internal static class TerroirCommand
{
    private static readonly string[] Words = ["dotnet", Path.Combine(AppContext.BaseDirectory, "Terroir.Cli.dll")];

    public static Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        RunAsync(arguments, new Dictionary<string, string?>(StringComparer.Ordinal));

    public static Task<(int Exit, string Output, string Error)> RunAsync(
        string[] arguments,
        IReadOnlyDictionary<string, string?> environment) => EndAsync(Start(arguments, environment));

    /// <summary>Runs it as an account that is not the superuser: the one that runs the tests, or nobody.</summary>
    public static Task<(int Exit, string Output, string Error)> RunUnprivilegedAsync(
        string home,
        params string[] arguments) => EndAsync(StartWords(
            [
                .. Environment.IsPrivilegedProcess
                    ? new[] { "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups" }
                    : [],
                .. Words,
                .. arguments,
            ],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["HOME"] = home }));

    /// <summary>Starts the command; the caller reads what it prints and waits for its end.</summary>
    public static Process Start(string[] arguments, IReadOnlyDictionary<string, string?> environment) =>
        StartWords([.. Words, .. arguments], environment);

    private static async Task<(int Exit, string Output, string Error)> EndAsync(Process started)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    private static Process StartWords(string[] words, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(words[0], words[1..])
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
