using System.Diagnostics;
using System.Globalization;

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

    // Recognition of scans takes seconds for each page and would make the loop no better.
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["TERROIR__RECOGNITION__ENABLED"] = "false",
    };

    private readonly KillFindings _findings = new();
    private readonly TerroirCommand _terroir;
    private readonly string _folder;
    private readonly Random _random;

    private SyncKills(string terroir, string folder, int seed)
    {
        _terroir = new TerroirCommand(terroir, Settings, _findings);
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
        return loop._findings.Describe(await loop.RunAsync(sample, kills));
    }

    private async Task<string> RunAsync(string sample, int kills)
    {
        for (var copy = 0; copy < CopyCount; copy++)
        {
            FolderCopy.Make(sample, Path.Combine(Files, $"{copy:00}"));
        }

        var alone = await AddSiteAsync("alone");
        var started = Stopwatch.GetTimestamp();
        await _terroir.RunAsync("sync", "--data", alone);
        var duration = Stopwatch.GetElapsedTime(started);
        var expected = await SiteDocuments.ReadAsync(alone, _findings);

        var killed = await AddSiteAsync("killed");
        var (killCount, before) = (0, 0);
        for (var attempt = 0; killCount < kills && attempt < kills * AttemptsPerKillMax; attempt++)
        {
            // What is there already takes no time again.
            var left = 1 - ((double)before / expected.Count);
            var isKilled = await _terroir.KillAsync(
                duration * left * _random.NextDouble(),
                "sync",
                "--data",
                killed);
            var found = await SiteDocuments.ReadAsync(killed, _findings);
            _findings.Check(found.Count >= before, $"attempt {attempt}: {before - found.Count} documents were lost.");
            _findings.Check(
                found.IsSubsetOf(expected),
                $"attempt {attempt}: there are documents that the files do not hold.");
            (killCount, before) = (killCount + (isKilled ? 1 : 0), found.Count);
            if (!isKilled || found.Count == expected.Count)
            {
                await CheckEndAsync(killed, expected);
                (killed, before) = (await AddSiteAsync($"killed-{attempt}"), 0);
            }
        }

        _findings.Check(killCount == kills, $"only {killCount} of {kills} synchronisations could be killed.");
        await CheckEndAsync(killed, expected);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{killCount} kills of a synchronisation of {expected.Count} documents, {_findings.Count} problems");
    }

    private async Task CheckEndAsync(string site, HashSet<(string Path, ContentHash Version)> expected)
    {
        await _terroir.RunAsync("sync", "--data", site);
        var last = await SiteDocuments.ReadAsync(site, _findings);
        var (missing, spare) = (expected.Except(last).Count(), last.Except(expected).Count());
        _findings.Check(missing == 0, $"{missing} documents are missing at the end.");
        _findings.Check(spare == 0, $"{spare} documents are too many at the end.");
        await _terroir.RunAsync("verify-store", "--data", site);
    }

    private async Task<string> AddSiteAsync(string name)
    {
        var site = Path.Combine(_folder, name);
        await _terroir.RunAsync("init", "--data", site);
        await _terroir.RunAsync("source", "add", Source, Files, "--data", site);
        return site;
    }
}
