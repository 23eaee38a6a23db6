using System.Diagnostics;
using System.Globalization;
using Terroir.Storage.Embedded;

namespace Terroir.Crash;

/// <summary>Kills <c>terroir sync</c> at drawn moments of its first synchronisation, and compares what is there at the
/// end with a site that was left alone: no document twice, none lost.</summary>
internal sealed class SyncKills
{
    private const string Source = "files";

    /// <summary>The sample is copied so often, so that a synchronisation takes long enough to be killed.</summary>
    private const int CopyCount = 15;

    /// <summary>A synchronisation that ends before it is killed is no kill; so often another is tried.</summary>
    private const int AttemptsPerKillMax = 4;

    private readonly string _terroir;
    private readonly string _folder;
    private readonly Random _random;
    private readonly List<string> _problems = [];

    private SyncKills(string terroir, string folder, int seed)
    {
        _terroir = terroir;
        _folder = folder;
        _random = new Random(seed);
    }

    private string Files => Path.Combine(_folder, "files");

    /// <summary>Runs everything.</summary>
    /// <param name="terroir">The command.</param>
    /// <param name="sample">The documents to copy.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="kills">How often it is killed.</param>
    /// <param name="seed">Draws the moments.</param>
    /// <returns>The figures on one line, each problem on its own, and the exit code.</returns>
    public static async Task<(string Text, int ExitCode)> RunAsync(
        string terroir,
        string sample,
        string folder,
        int kills,
        int seed)
    {
        var loop = new SyncKills(terroir, folder, seed);
        var text = await loop.RunAsync(sample, kills);
        return (string.Join('\n', loop._problems.Prepend(text)), loop._problems.Count == 0 ? 0 : 1);
    }

    private async Task<string> RunAsync(string sample, int kills)
    {
        for (var copy = 0; copy < CopyCount; copy++)
        {
            Copy(sample, Path.Combine(Files, $"{copy:00}"));
        }

        var alone = await AddSiteAsync("alone");
        var started = Stopwatch.GetTimestamp();
        await RunToEndAsync("sync", "--data", alone);
        var duration = Stopwatch.GetElapsedTime(started);
        var expected = await ReadAsync(alone);

        var killed = await AddSiteAsync("killed");
        var (killCount, before) = (0, 0);
        for (var attempt = 0; killCount < kills && attempt < kills * AttemptsPerKillMax; attempt++)
        {
            // What is there already takes no time again.
            var left = 1 - ((double)before / expected.Count);
            var isKilled = await KillAsync(killed, duration * left * _random.NextDouble());
            var found = await ReadAsync(killed);
            Check(found.Count >= before, $"attempt {attempt}: {before - found.Count} documents were lost.");
            Check(found.IsSubsetOf(expected), $"attempt {attempt}: there are documents that the files do not hold.");
            (killCount, before) = (killCount + (isKilled ? 1 : 0), found.Count);
            if (!isKilled || found.Count == expected.Count)
            {
                await CheckEndAsync(killed, expected);
                (killed, before) = (await AddSiteAsync($"killed-{attempt}"), 0);
            }
        }

        Check(killCount == kills, $"only {killCount} of {kills} synchronisations could be killed.");
        await CheckEndAsync(killed, expected);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{killCount} kills of a synchronisation of {expected.Count} documents, {_problems.Count} problems");
    }

    private async Task CheckEndAsync(string site, HashSet<(string Path, ContentHash Version)> expected)
    {
        await RunToEndAsync("sync", "--data", site);
        var last = await ReadAsync(site);
        Check(expected.IsSubsetOf(last), $"{expected.Except(last).Count()} documents are missing at the end.");
        Check(last.IsSubsetOf(expected), $"{last.Except(expected).Count()} documents are too many at the end.");
        await RunToEndAsync("verify-store", "--data", site);
    }

    private void Check(bool holds, string problem)
    {
        if (!holds)
        {
            _problems.Add(problem);
        }
    }

    private async Task<string> AddSiteAsync(string name)
    {
        var site = Path.Combine(_folder, name);
        await RunToEndAsync("init", "--data", site);
        await RunToEndAsync("source", "add", Source, Files, "--data", site);
        return site;
    }

    // Returns whether it was killed; one that had come to its end was not.
    private async Task<bool> KillAsync(string site, TimeSpan after)
    {
        using var process = Start("sync", "--data", site);
        var output = ReadAllAsync(process);
        await Task.WhenAny(
            process.WaitForExitAsync(CancellationToken.None),
            Task.Delay(after, CancellationToken.None));
        var isRunning = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        Check(isRunning || process.ExitCode == 0, $"A synchronisation ended by itself: {await output}");
        return isRunning;
    }

    private async Task RunToEndAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = await ReadAllAsync(process);
        await process.WaitForExitAsync(CancellationToken.None);
        Check(process.ExitCode == 0, $"'terroir {arguments[0]}' ended with {process.ExitCode}: {output}");
    }

    // Recognition of scans takes seconds for each page and would make the loop no better.
    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(_terroir, arguments)
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["TERROIR__RECOGNITION__ENABLED"] = "false" },
    })!;

    private static async Task<string> ReadAllAsync(Process process)
    {
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        return await process.StandardOutput.ReadToEndAsync(CancellationToken.None) + await error;
    }

    private async Task<HashSet<(string Path, ContentHash Version)>> ReadAsync(string site)
    {
        await using var metastore = SqliteMetastore.Open(Path.Combine(site, "metastore.db"), TimeProvider.System);
        var found = new HashSet<(string, ContentHash)>();
        foreach (var head in await metastore.Catalog.ListHeadsAsync(CancellationToken.None))
        {
            var state = await metastore.Catalog.ReadStateAsync(head.Collection, 0, CancellationToken.None);
            foreach (var document in state!.Documents.Select(row => row.Document))
            {
                Check(found.Add((document.Path, document.Version)), $"{document.Path} is there twice.");
            }
        }

        return found;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
