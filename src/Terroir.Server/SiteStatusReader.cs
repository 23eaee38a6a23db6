using System.Reflection;
using Terroir.Catalog;
using Terroir.Storage;

namespace Terroir.Server;

/// <summary>Collects the state of a site.</summary>
internal sealed class SiteStatusReader(ICatalog catalog, IMetastore metastore)
{
    /// <summary>The product and its version, such as <c>terroir 0.1.0</c>.</summary>
    public static string Product { get; } =
        $"terroir {typeof(SiteStatusReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0]}";

    /// <summary>Reads the state.</summary>
    public async Task<SiteStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var collections = new List<CollectionStatus>();
        foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
        {
            if (await catalog.ReadStateAsync(head.Collection, since: 0, cancellationToken) is { } state)
            {
                collections.Add(new CollectionStatus(
                    state.Head.Collection.Value,
                    state.Head.Generation,
                    state.Head.PublishedAt,
                    state.Documents.Count,
                    state.Documents.Sum(row => row.Document.PassageCount),
                    state.Segments.Count));
            }
        }

        var sources = await metastore.Sources.ListSourcesAsync(cancellationToken);
        var quarantine = await metastore.Sources.ListQuarantineAsync(cancellationToken);
        return new SiteStatus(
            Product,
            collections,
            [.. sources.Select(Describe)],
            [.. quarantine.Select(Describe)],
            await metastore.Jobs.ReadStatusAsync(cancellationToken));
    }

    private static SourceStatus Describe(SourceRecord source) => new(
        source.Id,
        source.Collection.Value,
        source.Kind,
        source.Location,
        source.SyncedAt,
        source.HeldReason);

    private static QuarantinedFile Describe(SourceItem item) => new(
        item.Key.Source,
        item.Key.Path,
        item.Quarantine!.Reason,
        item.Quarantine.Advice,
        item.AttemptCount,
        item.TriedAt);
}
