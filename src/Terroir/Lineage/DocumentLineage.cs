using Terroir.Access;
using Terroir.Provenance.Events;
using Terroir.Storage;
using static Terroir.Lineage.LineageRecords;

namespace Terroir.Lineage;

/// <summary>The tree of a document: its source, its versions, where each is indexed, and which answers cite it.
/// </summary>
/// <remarks>An asker gets what they may read themselves: the live version and their own answers. Places in the ledger,
/// segments and generations would tell of what others read and write, so they are the operator's.</remarks>
internal sealed class DocumentLineage(LineageRecords records, CitationIndex index)
{
    public async Task<LineageNode?> ReadAsync(
        DocumentId document,
        Asker? asker,
        CancellationToken cancellationToken)
    {
        var live = await records.FindLiveAsync(document, cancellationToken);
        if (asker is not null && (live is not { } readable || !asker.MayRead(readable.Row.Document.Access)))
        {
            return null;
        }

        await index.RefreshAsync(cancellationToken);
        var former = asker is null ? await ListFormerAsync(document, cancellationToken) : [];
        if (live is null && former.Count == 0)
        {
            return null;
        }

        var own = asker is null ? null : await records.ListAnswersAsync(asker, cancellationToken);
        var children = new List<LineageNode>();
        if (live is { } now)
        {
            var source = now.Row.Document.Source;
            children.Add(await records.DescribeSourceAsync(source, asker is null, cancellationToken));
            var event1 = former.LastOrDefault(item => item.Version == now.Row.Document.Version);
            children.Add(await DescribeAsync(now.Row, event1, own, cancellationToken));
        }

        foreach (var version in former.Reverse()
            .Where(item => item.Version != live?.Row.Document.Version)
            .DistinctBy(item => item.Version)
            .Take(ILineage.ListedMax))
        {
            children.Add(await DescribeFormerAsync(version, cancellationToken));
        }

        return new LineageNode(LineageKind.Document, document.Value, LineageRelation.Subject)
        {
            Facts = await DescribeAsync(document, live, asker is null, cancellationToken),
            Children = children,
        };
    }

    private async Task<IReadOnlyList<LineageFact>> DescribeAsync(
        DocumentId document,
        (CollectionHead Head, DocumentRow Row)? live,
        bool isForOperator,
        CancellationToken cancellationToken)
    {
        var removed = isForOperator && live is null
            ? await records.FindEventsAsync(EventKinds.DocumentRemoved, document, cancellationToken)
            : [];
        var changed = isForOperator
            ? await records.FindEventsAsync(EventKinds.PermissionsChanged, document, cancellationToken)
            : [];
        return Facts(
            ("collection", live?.Head.Collection.Value),
            ("path", live?.Row.Document.Path),
            ("removedAt", removed.Count > 0 ? Write(removed[^1].Row.Time) : null),
            ("permissionsChangedAt", changed.Count > 0 ? Write(changed[^1].Row.Time) : null));
    }

    private async Task<IReadOnlyList<CitationEntry>> ListFormerAsync(
        DocumentId document,
        CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken);
        return [.. index.Of(document)];
    }

    private async Task<LineageNode> DescribeAsync(
        DocumentRow row,
        CitationEntry ingested,
        IReadOnlySet<long>? own,
        CancellationToken cancellationToken)
    {
        var version = row.Document;
        var children = new List<LineageNode>
        {
            new(LineageKind.Text, version.Text.Hash.Hex, LineageRelation.Outcome)
            {
                Facts = Facts(("passages", Write(version.PassageCount)), ("language", version.Language)),
            },
        };
        if (own is null)
        {
            children.Add(new LineageNode(LineageKind.Segment, row.Segment.Hex, LineageRelation.Holder));
            children.AddRange(await DescribePlaceAsync(ingested, cancellationToken));
        }

        var (answers, omitted) = await ListAnswersAsync(version.Version, own, cancellationToken);
        return new LineageNode(LineageKind.Version, version.Version.Hex, LineageRelation.State)
        {
            Facts = Facts(
                ("state", "live"),
                ("ingestedAt", Write(version.IngestedAt)),
                ("mediaType", version.MediaType),
                ("sizeBytes", Write(version.SizeBytes)),
                ("label", version.Label),
                ("remarks", Write(version.Warnings.Count)),
                ("quality", own is null ? version.Quality?.Overall.ToString() : null)),
            Children = [.. children, .. answers],
            OmittedCount = omitted,
        };
    }

    private async Task<LineageNode> DescribeFormerAsync(CitationEntry version, CancellationToken cancellationToken)
    {
        var logged = await records.ReadEventAsync(version.Place, cancellationToken);
        var (answers, omitted) = await ListAnswersAsync(version.Version, own: null, cancellationToken);
        return new LineageNode(LineageKind.Version, version.Version.Hex, LineageRelation.State)
        {
            Facts = Facts(("state", "former"), ("ingestedAt", logged is null ? null : Write(logged.Row.Time))),
            Children = [.. await DescribePlaceAsync(version, cancellationToken), .. answers],
            OmittedCount = omitted,
        };
    }

    private async Task<IEnumerable<LineageNode>> DescribePlaceAsync(
        CitationEntry ingested,
        CancellationToken cancellationToken)
    {
        if (ingested.Document == default)
        {
            return [];
        }

        var entry = new LineageNode(LineageKind.Entry, Write(ingested.Place), LineageRelation.Evidence);
        return await records.FindGenerationAsync(ingested.Place, cancellationToken) is { } generation
            ? [generation, entry]
            : [entry];
    }

    // The newest first; whoever wants all asks 'terroir audit --document'.
    private async Task<(IReadOnlyList<LineageNode> Answers, int OmittedCount)> ListAnswersAsync(
        ContentHash version,
        IReadOnlySet<long>? own,
        CancellationToken cancellationToken)
    {
        var places = index.Of(version)
            .Where(entry => entry.Document == default && own?.Contains(entry.Place) != false)
            .Select(entry => entry.Place)
            .OrderDescending()
            .ToList();
        var answers = new List<LineageNode>();
        foreach (var place in places.Take(ILineage.ListedMax))
        {
            if (await records.ReadEventAsync(place, cancellationToken) is { Row.Subject: { } receipt } logged)
            {
                answers.Add(new LineageNode(LineageKind.Answer, receipt, LineageRelation.Outcome)
                {
                    Facts = Facts(
                        ("answeredAt", Write(logged.Row.Time)),
                        ("asker", own is null ? logged.Row.Actor : null),
                        ("entry", own is null ? Write(place) : null)),
                });
            }
        }

        return (answers, Math.Max(0, places.Count - ILineage.ListedMax));
    }
}
