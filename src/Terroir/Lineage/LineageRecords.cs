using System.Globalization;
using Terroir.Access;
using Terroir.Provenance.Events;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Lineage;

/// <summary>What both trees read of the catalogue and the ledger.</summary>
internal sealed class LineageRecords(IMetastore metastore)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    // A generation precedes its documents in the ledger, and one commit has no more than one reading has rows.
    private static readonly int[] LookBackCounts = [64, 1_024, ILedgerStore.ReadCountMax];

    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static string Write(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Lists what is known and not empty.</summary>
    public static IReadOnlyList<LineageFact> Facts(params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        var known = new List<LineageFact>(facts.Length);
        foreach (var (name, value) in facts)
        {
            if (!string.IsNullOrEmpty(value))
            {
                known.Add(new LineageFact(name, value));
            }
        }

        return known;
    }

    /// <summary>Finds a live document in the first collection that has it.</summary>
    public async Task<(CollectionHead Head, DocumentRow Row)?> FindLiveAsync(
        DocumentId document,
        CancellationToken cancellationToken)
    {
        (CollectionHead, DocumentRow)? found = null;
        foreach (var head in await metastore.Catalog.ListHeadsAsync(cancellationToken))
        {
            if (await metastore.Catalog.FindDocumentAsync(head.Collection, document, cancellationToken) is { } row)
            {
                found ??= (head, row);
            }
        }

        return found;
    }

    /// <summary>Finds live documents with a version by looking at all: for those whose events were lost with the
    /// metastore.</summary>
    public async Task<IReadOnlyList<DocumentId>> FindLiveAsync(
        ContentHash version,
        CancellationToken cancellationToken)
    {
        var found = new List<DocumentId>();
        foreach (var head in await metastore.Catalog.ListHeadsAsync(cancellationToken))
        {
            var state = await metastore.Catalog.ReadStateAsync(head.Collection, since: 0, cancellationToken);
            found.AddRange((state?.Documents ?? [])
                .Where(row => row.Document.Version == version)
                .Select(row => row.Document.Id));
        }

        return found;
    }

    /// <summary>The source that brought a document, as far as the asker may know it.</summary>
    public async Task<LineageNode> DescribeSourceAsync(
        string name,
        bool isForOperator,
        CancellationToken cancellationToken)
    {
        var source = isForOperator
            ? (await metastore.Sources.ListSourcesAsync(cancellationToken)).FirstOrDefault(source =>
                string.Equals(source.Id, name, StringComparison.Ordinal))
            : null;
        return new LineageNode(LineageKind.Source, name, LineageRelation.Origin)
        {
            Facts = Facts(("sourceKind", source?.Kind), ("location", source?.Location)),
        };
    }

    /// <summary>Reads all events of a kind about a document.</summary>
    public async Task<IReadOnlyList<PlacedLedgerRow>> FindEventsAsync(
        string kind,
        DocumentId document,
        CancellationToken cancellationToken)
    {
        var found = new List<PlacedLedgerRow>();
        var query = new LedgerQuery { Kind = kind, Subject = document.Value };
        while (await metastore.Ledger.FindAsync(query, cancellationToken) is { Count: > 0 } rows)
        {
            found.AddRange(rows);
            query = query with { FromIndex = rows[^1].Index + 1 };
        }

        return found;
    }

    /// <summary>Reads one event.</summary>
    public async Task<PlacedLedgerRow?> ReadEventAsync(long place, CancellationToken cancellationToken) =>
        (await metastore.Ledger.ReadAsync(place, 1, cancellationToken)) is [var row] ? row : null;

    /// <summary>Finds the event of a receipt.</summary>
    public async Task<PlacedLedgerRow?> FindReceiptAsync(ContentHash receipt, CancellationToken cancellationToken)
    {
        var query = new LedgerQuery { Kind = LedgerLeaf.ReceiptKind, Subject = receipt.Hex };
        return (await metastore.Ledger.FindAsync(query, cancellationToken)) is [var row] ? row : null;
    }

    /// <summary>The generation whose commit logged an event.</summary>
    public async Task<LineageNode?> FindGenerationAsync(long place, CancellationToken cancellationToken)
    {
        foreach (var count in LookBackCounts)
        {
            var from = Math.Max(0, place - count);
            var rows = await metastore.Ledger.ReadAsync(from, (int)(place - from), cancellationToken);
            if (rows.LastOrDefault(row => row.Row.Kind is EventKinds.Generation) is { Row.Subject: { } } row)
            {
                return new LineageNode(LineageKind.Generation, row.Row.Subject, LineageRelation.Holder)
                {
                    Facts = Facts(("publishedAt", Write(row.Row.Time)), ("entry", Write(row.Index))),
                };
            }
        }

        return null;
    }

    /// <summary>The places of an asker's answers.</summary>
    public async Task<IReadOnlySet<long>> ListAnswersAsync(Asker asker, CancellationToken cancellationToken)
    {
        var places = new HashSet<long>();
        var query = new LedgerQuery { Kind = LedgerLeaf.ReceiptKind, Actor = Principal.User(asker.User) };
        while (await metastore.Ledger.FindAsync(query, cancellationToken) is { Count: > 0 } rows)
        {
            places.UnionWith(rows.Select(row => row.Index));
            query = query with { FromIndex = rows[^1].Index + 1 };
        }

        return places;
    }
}
