using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Lineage.Runs;

/// <summary>Reads runs out of the ledger, so that they are there for everything since the site began, and cost what
/// they tell of nothing.</summary>
/// <remarks>Events whose content was erased or lost with the metastore give no run.</remarks>
public sealed class RunReader
{
    private readonly IMetastore _metastore;
    private readonly AnswerRecords _answers;
    private readonly LineageRecords _records;
    private readonly CitationIndex _index;

    internal RunReader(IMetastore metastore, AnswerRecords answers, CitationIndex index)
    {
        (_metastore, _answers, _index) = (metastore, answers, index);
        _records = new LineageRecords(metastore);
    }

    /// <summary>Reads the runs from a place on, of at most <see cref="ILedgerStore.ReadCountMax"/> events that a
    /// checkpoint counts: their places never change.</summary>
    /// <param name="from">The place.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The runs by place, and where the next reading begins; the same place when there is nothing yet.
    /// </returns>
    public async Task<(IReadOnlyList<LineageRun> Runs, long Next)> ReadAsync(
        long from,
        CancellationToken cancellationToken)
    {
        var state = await _metastore.Ledger.ReadStateAsync(cancellationToken);
        var count = (int)Math.Clamp(state.Size - from, 0, ILedgerStore.ReadCountMax);
        if (count == 0)
        {
            return ([], from);
        }

        var rows = await _metastore.Ledger.ReadAsync(from, count, cancellationToken);
        var taken = Cut(rows, isAll: from + rows.Count >= state.Size);
        await _index.RefreshAsync(cancellationToken);
        var runs = new List<LineageRun>();
        for (var at = 0; at < taken; at++)
        {
            var row = rows[at];
            switch (row.Row.Kind)
            {
                case EventKinds.Generation:
                    var documents = rows.Take(taken).Skip(at + 1)
                        .TakeWhile(next => next.Row.Kind is EventKinds.VersionIngested)
                        .ToList();
                    runs.AddRange(await ReadCommitAsync(row, documents, cancellationToken));
                    break;
                case LedgerLeaf.ReceiptKind when await ReadAnswerAsync(row, cancellationToken) is { } answer:
                    runs.Add(answer);
                    break;
                case EventKinds.SourceFailed when row.Row.Subject is { } source:
                    runs.Add(Fail($"ingest/{source}", row) with { Inputs = [new RunDataset($"source/{source}")] });
                    break;
                case EventKinds.AnswerFailed:
                    runs.Add(Fail("answer", row));
                    break;
                default:
                    break;
            }
        }

        return (runs, from + taken);
    }

    // A commit is read whole, or with the next reading; one alone that fills a reading is read in parts.
    private static int Cut(IReadOnlyList<PlacedLedgerRow> rows, bool isAll)
    {
        var last = rows.Count - 1;
        while (!isAll && last > 0 && rows[last].Row.Kind is not EventKinds.Generation)
        {
            last--;
        }

        return isAll || last <= 0 ? rows.Count : last;
    }

    private static LineageRun Fail(string job, PlacedLedgerRow row) => new(job, row.Index, row.Row.Time)
    {
        Error = row.Row.Detail is { } detail
            && LedgerEvent.Parse(row.Row.Kind, row.Row.Time, detail).Subjects is [{ Opening.Content: { } code }]
                ? System.Text.Encoding.UTF8.GetString(code)
                : "unknown",
    };

    private async Task<IEnumerable<LineageRun>> ReadCommitAsync(
        PlacedLedgerRow generation,
        IReadOnlyList<PlacedLedgerRow> documents,
        CancellationToken cancellationToken)
    {
        var ingested = documents.Select(row => IngestedVersion.Read(row.Row)).OfType<IngestedVersion>().ToList();
        var runs = new List<LineageRun>();
        var sources = new List<(string Source, RunDataset Document)>();
        foreach (var item in ingested)
        {
            var dataset = new RunDataset($"document/{item.Document}", item.Version.Hex);
            if (await _metastore.Catalog.FindDocumentAsync(item.Collection, item.Document, cancellationToken)
                is { } live)
            {
                sources.Add((live.Document.Source, dataset));
            }
        }

        foreach (var source in sources.GroupBy(item => item.Source, item => item.Document, StringComparer.Ordinal))
        {
            runs.AddRange(source.Chunk(LineageRun.DatasetCountMax).Select((part, number) =>
                new LineageRun($"ingest/{source.Key}", generation.Index, generation.Row.Time, number)
                {
                    Inputs = [new RunDataset($"source/{source.Key}")],
                    Outputs = part,
                }));
        }

        foreach (var collection in ingested.GroupBy(item => item.Collection))
        {
            runs.AddRange(collection.Chunk(LineageRun.DatasetCountMax).Select((part, number) =>
                new LineageRun($"index/{collection.Key}", generation.Index, generation.Row.Time, number)
                {
                    Inputs = [.. part.Select(item => new RunDataset($"document/{item.Document}", item.Version.Hex))],
                    Outputs = [new RunDataset($"collection/{collection.Key}", generation.Row.Subject)],
                }));
        }

        return runs;
    }

    private async Task<LineageRun?> ReadAnswerAsync(PlacedLedgerRow row, CancellationToken cancellationToken)
    {
        try
        {
            if (!ContentHash.TryParse(row.Row.Subject, out var receipt)
                || await _answers.ReadAsync(receipt, cancellationToken) is not { } answer)
            {
                return null;
            }

            var stated = answer.Receipt;
            var inputs = new List<RunDataset>();
            if (stated.Corpus is { } corpus)
            {
                inputs.Add(new RunDataset($"collection/{stated.Collection}", corpus.Manifest.Hex));
            }

            inputs.AddRange((stated.OtherCorpora ?? [])
                .Select(other => new RunDataset($"collection/{other.Collection}", other.Manifest.Hex)));
            foreach (var version in Enumerable.Range(0, stated.Citations.Count)
                .Select(answer.VersionOf)
                .OfType<ContentHash>()
                .Distinct())
            {
                var documents = await FindDocumentsAsync(version, cancellationToken);
                inputs.AddRange(documents.Select(document => new RunDataset($"document/{document}", version.Hex)));
            }

            return new LineageRun("answer", row.Index, row.Row.Time)
            {
                Inputs = [.. inputs.Take(LineageRun.DatasetCountMax)],
                Outputs = [new RunDataset($"answer/{receipt.Hex}")],
                Facts = LineageRecords.Facts(
                    ("receipt", receipt.Hex),
                    ("decision", stated.Decision.Outcome),
                    ("policies", stated.Decision.Policies.Hex),
                    ("model", stated.Model?.Id),
                    ("citations", LineageRecords.Write(stated.Citations.Count))),
            };
        }
        catch (Exception exception) when (exception is ProofFormatException or BlobCorruptException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<DocumentId>> FindDocumentsAsync(
        ContentHash version,
        CancellationToken cancellationToken)
    {
        var had = _index.Of(version).Select(entry => entry.Document).Where(document => document != default)
            .Distinct().Order().ToList();
        return had.Count > 0 ? had : await _records.FindLiveAsync(version, cancellationToken);
    }
}
