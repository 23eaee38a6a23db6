using System.Reflection;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Ingestion.Remarks;
using Terroir.Provenance.Notes;
using Terroir.Retrieval.Encoders;
using Terroir.Storage;

namespace Terroir.Server;

/// <summary>Collects the state of a site.</summary>
internal sealed class SiteStatusReader(
    ICatalog catalog,
    IMetastore metastore,
    ILedger ledger,
    IPassageEmbedding embedding,
    LedgerWitnessing witnessing)
{
    /// <summary>The product and its version, such as <c>terroir 0.1.0</c>.</summary>
    public static string Product { get; } =
        $"terroir {typeof(SiteStatusReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0]}";

    /// <summary>Reads the state.</summary>
    /// <param name="words">The words for what is to be done.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<SiteStatus> ReadAsync(RemarkText words, CancellationToken cancellationToken)
    {
        var collections = new List<CollectionStatus>();
        foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
        {
            if (await catalog.ReadStateAsync(head.Collection, since: 0, cancellationToken) is { } state)
            {
                var figures = await metastore.Quality.ListFiguresAsync(head.Collection, cancellationToken);
                collections.Add(new CollectionStatus(
                    state.Head.Collection.Value,
                    state.Head.Generation,
                    state.Head.PublishedAt,
                    state.Documents.Count,
                    state.Documents.Sum(row => row.Document.PassageCount),
                    state.Segments.Count(segment => segment.DocumentCount > 0),
                    await embedding.ReadStateAsync(head.Collection, cancellationToken),
                    figures is [.., var last] ? CollectionGrades.From(last) : null));
            }
        }

        var sources = await metastore.Sources.ListSourcesAsync(cancellationToken);
        var quarantine = await metastore.Sources.ListQuarantineAsync(cancellationToken);
        return new SiteStatus(
            Product,
            collections,
            [.. sources.Select(Describe)],
            [.. quarantine.Select(item => Describe(item, words))],
            await metastore.Jobs.ReadStatusAsync(cancellationToken),
            await ReadLedgerAsync(cancellationToken));
    }

    private async Task<LedgerStatus> ReadLedgerAsync(CancellationToken cancellationToken)
    {
        var state = await metastore.Ledger.ReadStateAsync(cancellationToken);
        var cosigned = await witnessing.ReadCheckpointAsync(cancellationToken);
        return new LedgerStatus(
            state.Size,
            cosigned is null ? null : Checkpoint.Parse(SignedNote.Parse(cosigned).Text).Size,
            ledger.Fault?.Message,
            witnessing.Views);
    }

    private static SourceStatus Describe(SourceRecord source) => new(
        source.Id,
        source.Collection.Value,
        source.Kind,
        source.Location,
        source.SyncedAt,
        source.HeldReason);

    private static QuarantinedFile Describe(SourceItem item, RemarkText words) => new(
        item.Key.Source,
        item.Key.Path,
        item.Quarantine!.Reason,
        words.Describe(item.Quarantine.Advice),
        item.Quarantine.Advice,
        item.AttemptCount,
        item.TriedAt);
}
