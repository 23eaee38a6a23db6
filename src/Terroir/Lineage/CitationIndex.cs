using System.Text;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Lineage;

/// <summary>Finds by a version which documents had it and which answers cite it. It follows from the ledger and the
/// kept receipts, and is brought up to date when it is asked, so that it costs an answer nothing.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
internal sealed class CitationIndex(IMetastore metastore, AnswerRecords answers, IDerivedStore? derived) : IDisposable
{
    private static readonly CitationEntry[] NoEntries = [];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private List<CitationEntry> _entries = [];
    private ILookup<ContentHash, CitationEntry> _byVersion = NoEntries.ToLookup(entry => entry.Version);
    private ILookup<DocumentId, CitationEntry> _byDocument = NoEntries.ToLookup(entry => entry.Document);
    private long _next;
    private ContentHash _last;
    private bool _isLoaded;

    /// <summary>Reads what the ledger got since the last time, at most <see cref="ILedgerStore.ReadCountMax"/> events
    /// at once; each such part stays when the rest is stopped.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Load();
            await ForgetIfOtherAsync(cancellationToken);
            while (await metastore.Ledger.ReadAsync(_next, ILedgerStore.ReadCountMax, cancellationToken)
                is { Count: > 0 } rows)
            {
                foreach (var placed in rows)
                {
                    _entries.AddRange(await ReadAsync(placed, cancellationToken));
                }

                _next = rows[^1].Index + 1;
                _last = ContentHash.Of(rows[^1].Row.Entry.Span);
                derived?.Put(CitationFile.Name, stream => CitationFile.Write(stream, _next, _last, _entries));
                Group();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The answers that cite a version, and the documents that had it, by place.</summary>
    public IEnumerable<CitationEntry> Of(ContentHash version) => _byVersion[version];

    /// <summary>The versions that a document had, by place.</summary>
    public IEnumerable<CitationEntry> Of(DocumentId document) => _byDocument[document];

    /// <summary>Empties the index; the next question builds it again.</summary>
    public void Forget()
    {
        derived?.Delete(CitationFile.Name);
        (_entries, _next, _last) = ([], 0, default);
        Group();
    }

    public void Dispose() => _turn.Dispose();

    private void Load()
    {
        if (!_isLoaded
            && derived?.Open(CitationFile.Name) is { } bytes
            && CitationFile.Read(bytes.Span) is { } read)
        {
            (_next, _last, _entries) = read;
            Group();
        }

        _isLoaded = true;
    }

    // A restored metastore may have other events at these places.
    private async Task ForgetIfOtherAsync(CancellationToken cancellationToken)
    {
        if (_next == 0)
        {
            return;
        }

        var last = await metastore.Ledger.ReadAsync(_next - 1, 1, cancellationToken);
        if (last is not [var placed] || ContentHash.Of(placed.Row.Entry.Span) != _last)
        {
            Forget();
        }
    }

    private void Group()
    {
        _byVersion = _entries.ToLookup(entry => entry.Version);
        _byDocument = _entries.Where(entry => entry.Document != default).ToLookup(entry => entry.Document);
    }

    private async Task<IEnumerable<CitationEntry>> ReadAsync(
        PlacedLedgerRow placed,
        CancellationToken cancellationToken) => placed.Row.Kind switch
        {
            EventKinds.VersionIngested when IngestedVersion.Read(placed.Row) is { } ingested =>
                [new CitationEntry(ingested.Version, ingested.Document, placed.Index)],
            LedgerLeaf.ReceiptKind => await ReadAnswerAsync(placed, cancellationToken),
            _ => [],
        };

    // What was erased or changed cites nothing that can be shown; 'verify-store' tells what was changed.
    private async Task<IEnumerable<CitationEntry>> ReadAnswerAsync(
        PlacedLedgerRow placed,
        CancellationToken cancellationToken)
    {
        try
        {
            return ContentHash.TryParse(placed.Row.Subject, out var receipt)
                && await answers.ReadAsync(receipt, cancellationToken) is { } answer
                ? Enumerable.Range(0, answer.Receipt.Citations.Count)
                    .Select(answer.VersionOf)
                    .OfType<ContentHash>()
                    .Distinct()
                    .Select(version => new CitationEntry(version, default, placed.Index))
                : [];
        }
        catch (Exception exception) when (exception is ProofFormatException or BlobCorruptException)
        {
            return [];
        }
    }
}

/// <summary>What the site keeps of an event that made a version live.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Document">The document.</param>
/// <param name="Version">The version.</param>
internal sealed record IngestedVersion(CollectionId Collection, DocumentId Document, ContentHash Version)
{
    /// <summary>Reads it.</summary>
    /// <returns>What is kept; <see langword="null"/> once it was erased, or lost with the metastore.</returns>
    public static IngestedVersion? Read(LedgerRow row)
    {
        if (row.Detail is null)
        {
            return null;
        }

        var subjects = LedgerEvent.Parse(row.Kind, row.Time, row.Detail).Subjects;
        return subjects is [{ Opening.Content: { } content }]
            && Encoding.UTF8.GetString(content).Split('\n') is [var collection, var document, var version]
            && CollectionId.IsValid(collection)
            && DocumentId.TryParse(document, out var id)
            && ContentHash.TryParse(version, out var hash)
            ? new IngestedVersion(new CollectionId(collection), id, hash)
            : null;
    }
}
