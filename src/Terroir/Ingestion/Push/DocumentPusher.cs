using System.Globalization;
using System.Text;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion.Quality;
using Terroir.Ingestion.Sync;
using Terroir.Ingestion.Turns;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion.Push;

/// <summary>Puts single documents by the same steps as a synchronisation: what has fewer readers first, then the
/// content. Commits take turns with synchronisations, and the document is read before their files.</summary>
internal sealed class DocumentPusher(
    ICatalog catalog,
    IMetastore metastore,
    ReadingTurns readers,
    TimeProvider timeProvider,
    QualityRules? rules = null) : IDocumentPusher, IDisposable
{
    /// <summary>So many documents are put at once at most; some must wait for another one by chance.</summary>
    internal const int TurnCount = 64;

    private readonly PushMemory _memory = new(catalog, metastore);

    // Two versions of one document must not be compared with the same former one. Others need not wait: a scan may take
    // minutes.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, TurnCount).Select(_ => new SemaphoreSlim(1, 1))];

    public Task<PushStatus> PutAsync(
        string source,
        PushedDocument document,
        CancellationToken cancellationToken) =>
        InTurnAsync(source, document.Id, record => PutAsync(record, document, cancellationToken), cancellationToken);

    public Task<bool> DeleteAsync(string source, string id, CancellationToken cancellationToken) =>
        InTurnAsync(source, id, record => DeleteAsync(record, id, cancellationToken), cancellationToken);

    public async Task<PushStatus?> FindAsync(string source, string id, CancellationToken cancellationToken)
    {
        var record = await GetAsync(source, cancellationToken);
        var state = await _memory.ReadAsync(record, id, cancellationToken);
        return state.Items.Count == 0 ? null : Describe(id, state);
    }

    private static ListedItem ToItem(PushedDocument document)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{document.FileName}\n{document.Title}\n{document.ModifiedAt.UtcTicks}");
        var content = ContentHash.Of(document.Content.Span);
        return new ListedItem
        {
            Path = document.Id,
            Fingerprint = $"{content.Hex}-{ContentHash.Of(Encoding.UTF8.GetBytes(name)).Hex}",
            SizeBytes = document.Content.Length,
            ModifiedAt = document.ModifiedAt,
            Readers = document.Readers,
            FileName = document.FileName,
            Title = document.Title,
        };
    }

    private static PushStatus Describe(string id, SyncState state) => new(
        id,
        state.Items.FirstOrDefault(item => string.Equals(item.Key.Path, id, StringComparison.Ordinal))?.Content
            ?? default,
        [.. state.Documents.Select(document => document.Id)],
        [.. state.Items.Select(item => item.Quarantine).OfType<Unreadable>()]);

    private async Task<PushStatus> PutAsync(
        SourceRecord source,
        PushedDocument document,
        CancellationToken cancellationToken)
    {
        if (source.PausedAt is not null)
        {
            throw new SourceUnavailableException(source.Id, source.Location, "It is paused; its operator resumes it.");
        }

        var id = DocumentId.For(source.Collection, $"{source.Id}:{document.Id}");
        var erased = await catalog.ReadErasedAsync(cancellationToken);
        if (erased.Has(source.Collection, id)
            || erased.HasContent(source.Collection, ContentHash.Of(document.Content.Span)))
        {
            throw new DocumentErasedException(id);
        }

        var item = ToItem(document);
        var before = await _memory.ReadAsync(source, document.Id, cancellationToken);
        var now = timeProvider.GetUtcNow();
        var gate = await QualityGate.OpenAsync(
            metastore,
            rules ?? QualityRules.None,
            source,
            now,
            cancellationToken);
        var content = new SourceContent { Items = [item], IsComplete = false };
        var plan = SyncPlan.Make(source, content, before, new SyncOptions(), gate, now);
        await using var writer = await catalog.JoinWriterAsync(source.Collection, cancellationToken);
        await writer.CommitAsync(plan.First, cancellationToken);
        foreach (var wanted in plan.ToRead)
        {
            var turn = readers.For(source.Collection, ReadingPriority.Interactive);
            var reading = new FileReading(
                source,
                new PushedReading(item, document.Content),
                turn,
                new MovedDocuments(catalog, source),
                gate,
                ReadLimits.Default,
                turn);
            var result = await reading.ReadAsync(wanted, former: null, recognizes: true, cancellationToken);
            await writer.CommitAsync(plan.ChangeFor([result], timeProvider.GetUtcNow()), cancellationToken);
        }

        return Describe(document.Id, await _memory.ReadAsync(source, document.Id, cancellationToken)) with
        {
            IsNew = before.Items.Count == 0,
            IsUnchanged = plan.ToRead.Count == 0 && plan.First.IsEmpty,
        };
    }

    private async Task<bool> DeleteAsync(SourceRecord source, string id, CancellationToken cancellationToken)
    {
        var before = await _memory.ReadAsync(source, id, cancellationToken);
        if (before.Items.Count == 0)
        {
            return false;
        }

        await using var writer = await catalog.JoinWriterAsync(source.Collection, cancellationToken);
        await writer.CommitAsync(
            new CatalogChange
            {
                Removed = [.. before.Documents.Select(document => document.Id)],
                RemovedItems = [.. before.Items.Select(item => item.Key)],
            },
            cancellationToken);
        return true;
    }

    public void Dispose()
    {
        _memory.Dispose();
        foreach (var turn in _turns)
        {
            turn.Dispose();
        }
    }

    private async Task<T> InTurnAsync<T>(
        string source,
        string id,
        Func<SourceRecord, Task<T>> actAsync,
        CancellationToken cancellationToken)
    {
        var record = await GetAsync(source, cancellationToken);
        var turn = _turns[(uint)HashCode.Combine(source, id) % TurnCount];
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await actAsync(await GetAsync(record.Id, cancellationToken));
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<SourceRecord> GetAsync(string source, CancellationToken cancellationToken) =>
        await metastore.Sources.FindSourceAsync(source, cancellationToken) is { Kind: PushConnector.KindName } record
            ? record
            : throw new SourceUnknownException(source);
}
