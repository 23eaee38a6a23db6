using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Ingestion;
using Terroir.Provenance.Events;
using Terroir.Server;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Cli.Commands.Sources;

/// <summary>The sources of a site, and the kinds that there can be.</summary>
internal sealed class SourceBook(Site site)
{
    private readonly IMetastore _metastore = site.Services.GetRequiredService<IMetastore>();

    /// <summary>The kinds, by name.</summary>
    public IReadOnlyList<IConnector> Connectors { get; } =
    [
        .. site.Services.GetServices<IConnector>().OrderBy(connector => connector.Kind, StringComparer.Ordinal),
    ];

    /// <summary>Finds a kind.</summary>
    public IConnector? FindKind(string kind) =>
        Connectors.FirstOrDefault(connector => string.Equals(connector.Kind, kind, StringComparison.Ordinal));

    /// <summary>Lists the sources by name.</summary>
    public Task<IReadOnlyList<SourceRecord>> ListAsync(CancellationToken cancellationToken) =>
        _metastore.Sources.ListSourcesAsync(cancellationToken);

    /// <summary>Finds a source; <see langword="null"/> if there is none of that name.</summary>
    public Task<SourceRecord?> FindAsync(string name, CancellationToken cancellationToken) =>
        _metastore.Sources.FindSourceAsync(name, cancellationToken);

    /// <summary>Finds a source.</summary>
    /// <exception cref="SourceUnknownException">There is none of that name.</exception>
    public async Task<SourceRecord> GetAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) ?? throw new SourceUnknownException(name);

    /// <summary>Says what is wrong with a declaration; empty if nothing.</summary>
    public IReadOnlyList<string> Check(DeclaredSource declared, out SourceRecord? record)
    {
        record = DeclaredSources.TryResolve(declared, Connectors, out var faults);
        return record is not { } source
            ? [.. faults.Select(fault => $"{fault.Name}: {fault.Problem}")]
            : CheckFolder(source) is { } problem ? [problem] : [];
    }

    /// <summary>Adds a source, or changes what was declared of one. What was read of it stays, and is compared with
    /// everything at the next synchronisation.</summary>
    public async Task SaveAsync(SourceRecord record, CancellationToken cancellationToken)
    {
        var known = await FindAsync(record.Id, cancellationToken);
        if (known is not null && DeclaredSources.AreSame(known, record))
        {
            return;
        }

        await site.Services.GetRequiredService<ICatalog>().CreateCollectionAsync(record.Collection, cancellationToken);
        await _metastore.Sources.SaveSourceAsync(
            record with { SyncedAt = known?.SyncedAt, PausedAt = known?.PausedAt },
            cancellationToken);
        await LogAsync(record.Id, known is null ? "added" : "changed", cancellationToken);
    }

    /// <summary>Changes a source.</summary>
    public async Task ReplaceAsync(SourceRecord record, CancellationToken cancellationToken)
    {
        await _metastore.Sources.SaveSourceAsync(record, cancellationToken);
        await LogAsync(record.Id, record.PausedAt is null ? "resumed" : "paused", cancellationToken);
    }

    /// <summary>Forgets a source.</summary>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        await _metastore.Sources.RemoveSourceAsync(name, cancellationToken);
        await LogAsync(name, "removed", cancellationToken);
    }

    /// <summary>What a connector may use of the machine for a source.</summary>
    public IConnectorHost HostOf(SourceRecord source) => site.Services.GetRequiredService<ISourceHosts>().Open(source);

    private Task LogAsync(string source, string what, CancellationToken cancellationToken) =>
        OperatorLog.RecordAsync(site, EventKinds.SourceChanged, source, $"{source}: {what}", cancellationToken);

    private string? CheckFolder(SourceRecord source) => source.Kind is not "folder" ? null
        : !Directory.Exists(source.Location) ? $"There is no folder '{source.Location}'."
        : Overlaps(source.Location, site.Folder.Root)
            ? "The folder holds the site's own folder, or is in it: its signing key must not become a document. Name "
            + "another folder, or keep the site elsewhere with --data."
            : null;

    // Links are resolved: the same folder may have two paths.
    private static bool Overlaps(string folder, string site)
    {
        var (left, right) = (Resolve(folder), Resolve(site));
        return left.StartsWith(right, StringComparison.Ordinal) || right.StartsWith(left, StringComparison.Ordinal);
    }

    private static string Resolve(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var above = Path.GetDirectoryName(path);
        if (above is null)
        {
            return path;
        }

        var target = new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true);
        return target is null
            ? Path.Combine(Resolve(above), Path.GetFileName(path)) + Path.DirectorySeparatorChar
            : Resolve(target.FullName);
    }
}
