using Terroir.Access;
using Terroir.Audit;
using Terroir.Storage;

namespace Terroir.Lineage;

/// <summary>The lineage of a site.</summary>
internal sealed class SiteLineage : ILineage
{
    private readonly LineageRecords _records;
    private readonly CitationIndex _index;
    private readonly DocumentLineage _documents;
    private readonly AnswerLineage _answers;

    public SiteLineage(IMetastore metastore, AnswerRecords answers, ILedger ledger, CitationIndex index)
    {
        _records = new LineageRecords(metastore);
        _index = index;
        _documents = new DocumentLineage(_records, _index);
        _answers = new AnswerLineage(_records, _index, answers, ledger);
    }

    public Task<LineageNode?> OfDocumentAsync(
        DocumentId document,
        Asker? asker,
        CancellationToken cancellationToken) => _documents.ReadAsync(document, asker, cancellationToken);

    public Task<LineageNode?> OfAnswerAsync(
        ContentHash receipt,
        Asker? asker,
        CancellationToken cancellationToken) => _answers.ReadAsync(receipt, asker, cancellationToken);

    public async Task<IReadOnlyList<long>> FindAnswersAsync(
        DocumentId document,
        CancellationToken cancellationToken)
    {
        await _index.RefreshAsync(cancellationToken);
        var versions = _index.Of(document).Select(entry => entry.Version).ToHashSet();
        if (await _records.FindLiveAsync(document, cancellationToken) is { } live)
        {
            versions.Add(live.Row.Document.Version);
        }

        return [.. versions.SelectMany(_index.Of)
            .Where(entry => entry.Document == default)
            .Select(entry => entry.Place)
            .Distinct()
            .Order()];
    }

    public void Forget() => _index.Forget();
}
