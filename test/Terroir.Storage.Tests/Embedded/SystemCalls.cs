using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Terroir.Storage.Tests.Embedded;

/// <summary>The system calls of a child process on files, in order, as <c>strace</c> saw them.</summary>
internal static partial class SystemCalls
{
    private const string Calls = "openat,write,pwrite64,fsync,fdatasync,link,linkat,rename,mkdir,mkdirat,unlink";

    /// <summary>Runs a program under strace.</summary>
    /// <returns>The calls that succeeded, or <see langword="null"/> with the reason why they cannot be seen here.
    /// </returns>
    public static async Task<(IReadOnlyList<SystemCall>? Calls, string Reason)> TraceAsync(
        string log,
        string[] command,
        CancellationToken cancellationToken)
    {
        string[] arguments = ["-f", "-y", "-s", "200", "-o", log, "-e", "trace=" + Calls, .. command];
        using var process = Start(arguments);
        if (process is null)
        {
            return (null, "strace is not installed");
        }

        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        if (error.Contains("ptrace", StringComparison.Ordinal))
        {
            return (null, "this system does not let strace look: " + error);
        }

        Assert.True(process.ExitCode == 0, error);
        return (Read(await File.ReadAllLinesAsync(log, cancellationToken)), "");
    }

    private static Process? Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("strace", arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    // A call of one thread during which another thread called stands on two lines.
    private static List<SystemCall> Read(string[] lines)
    {
        var calls = new List<SystemCall>();
        var open = new Dictionary<string, (int Start, string Text)>(StringComparer.Ordinal);
        for (var number = 0; number < lines.Length; number++)
        {
            var space = lines[number].IndexOf(' ', StringComparison.Ordinal);
            var (thread, text) = (lines[number][..space], lines[number][space..].Trim());
            var start = number;
            if (Unfinished().Match(text) is { Success: true } begin)
            {
                open[thread] = (number, begin.Groups["text"].Value);
                continue;
            }

            if (Resumed().Match(text) is { Success: true } end && open.Remove(thread, out var first))
            {
                (start, text) = (first.Start, first.Text + end.Groups["text"].Value);
            }

            if (Finished().Match(text) is { Success: true } call)
            {
                calls.Add(new SystemCall(call.Groups["name"].Value, call.Groups["arguments"].Value, start, number));
            }
        }

        return calls;
    }

    [GeneratedRegex(@"^(?<text>.*) <unfinished \.\.\.>$", RegexOptions.None, 1_000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>(?<text>.*)$", RegexOptions.None, 1_000)]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(?<name>\w+)\((?<arguments>.*)\)\s+= \d+", RegexOptions.None, 1_000)]
    private static partial Regex Finished();
}

/// <summary>A call that succeeded.</summary>
/// <param name="Name">Such as <c>fsync</c>.</param>
/// <param name="Arguments">As strace prints them, descriptors with their paths: <c>12&lt;/tmp/file&gt;</c>.</param>
/// <param name="Start">The place in the log where it was called.</param>
/// <param name="End">The place in the log where it returned.</param>
internal sealed record SystemCall(string Name, string Arguments, int Start, int End)
{
    /// <summary>Whether it is a sync of a file or folder.</summary>
    public bool IsSyncOf(string path) =>
        Name is "fsync" or "fdatasync" && Arguments.EndsWith($"<{path}>", StringComparison.Ordinal);

    /// <summary>Whether it writes into a file.</summary>
    public bool IsWriteOf(string path) =>
        Name is "write" or "pwrite64" && Arguments.Contains($"<{path}>,", StringComparison.Ordinal);
}
