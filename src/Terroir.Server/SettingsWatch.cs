using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Server;

/// <summary>Logs that the settings, the directory or a policy are other than the ledger last said: who edits a file
/// leaves a trace, though not their name.</summary>
/// <remarks>It looks when the server starts and each minute. What was changed and changed back in between is not seen.
/// </remarks>
internal sealed class SettingsWatch(SiteFolder site, IMetastore metastore, EventLog log, TimeProvider time)
    : IDisposable
{
    private const string Absent = "-";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;

    /// <summary>Looks, if the last time is long enough ago.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow() - _lookedAt >= Interval)
            {
                await CompareAsync(cancellationToken);
                _lookedAt = time.GetUtcNow();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        foreach (var name in ListNames())
        {
            var now = await HashAsync(Path.Combine(site.Root, name), cancellationToken);
            if (!_known.TryGetValue(name, out var before))
            {
                before = await ReadLoggedAsync(name, cancellationToken);
            }

            if (!string.Equals(before, now, StringComparison.Ordinal))
            {
                await log.NoteAsync(EventKinds.SettingsChanged, actor: null, name, $"{before}\n{now}");
            }

            _known[name] = now;
        }
    }

    private string[] ListNames()
    {
        // Also those that are gone since.
        var policies = Directory.Exists(site.PoliciesFolder)
            ? Directory.GetFiles(site.PoliciesFolder, "*.cedar*").Select(path => $"policies/{Path.GetFileName(path)}")
            : [];
        return
        [
            Path.GetFileName(site.ConfigurationFile),
            Path.GetFileName(site.DirectoryFile),
            .. policies.Union(_known.Keys, StringComparer.Ordinal)
                .Where(name => name.StartsWith("policies/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return ContentHash.Of(await File.ReadAllBytesAsync(path, cancellationToken)).Hex;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Absent;
        }
    }

    // Before the first there is nothing, so that the ledger begins with what the site began with.
    private async Task<string> ReadLoggedAsync(string name, CancellationToken cancellationToken)
    {
        var last = Absent;
        var query = new LedgerQuery { Kind = EventKinds.SettingsChanged, Subject = name };
        while (await metastore.Ledger.FindAsync(query, cancellationToken) is { Count: > 0 } rows)
        {
            var row = rows[^1].Row;
            last = row.Detail is { } detail
                && LedgerEvent.Parse(row.Kind, row.Time, detail).Subjects is [{ Opening.Content: { } content }]
                ? System.Text.Encoding.UTF8.GetString(content).Split('\n')[^1]
                : Absent;
            query = query with { FromIndex = rows[^1].Index + 1 };
        }

        return last;
    }
}
