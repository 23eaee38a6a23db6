using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion.Quality;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion.Sync;

/// <summary>Reads one item, and the files inside it.</summary>
internal sealed class FileReading(
    SourceRecord source,
    ISourceReading content,
    IDocumentReader reader,
    MovedDocuments moved,
    QualityGate gate,
    ReadLimits limits,
    IDocumentRecognizer? recognizer = null)
{
    /// <summary>What must not come back.</summary>
    public ErasedDocuments Erased { get; init; } = ErasedDocuments.None;

    /// <summary>Reads an item with the permission that it has at that moment.</summary>
    /// <param name="item">The item.</param>
    /// <param name="former">Where its content was before, if that may be so.</param>
    /// <param name="recognizes">Whether scans are recognised, which takes seconds for each page; else the result of
    /// an item that has some says so, and nothing more.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="SourceUnavailableException">The source as a whole fails.</exception>
    public async Task<FileResult> ReadAsync(
        ListedItem item,
        MovedFile? former,
        bool recognizes,
        CancellationToken cancellationToken)
    {
        var result = new FileResult(item, recognizes);
        if (await FetchAsync(result, cancellationToken) is not { } bytes)
        {
            return result;
        }

        if (former is not null
            && await moved.TryCarryAsync(former, bytes, result, cancellationToken))
        {
            return result;
        }

        var sourceFile = new SourceFile(
            source.Collection,
            source.Id,
            item.Path,
            result.Fetched.ModifiedAt,
            result.Fetched.Readers.Access,
            result.Fetched.Readers.Label)
        {
            Title = result.Fetched.Title,
        };
        await AddAsync(sourceFile, bytes, depth: 0, result, cancellationToken);
        return result.IsDeferred ? new FileResult(item) { IsDeferred = true } : result;
    }

    // Returns null when the result says all that there is to say.
    private async Task<ReadOnlyMemory<byte>?> FetchAsync(FileResult result, CancellationToken cancellationToken)
    {
        var fetched = await content.FetchAsync(result.Item, limits.SizeMaxBytes, cancellationToken);
        result.Fetched = fetched.Item;
        switch (fetched.Verdict)
        {
            case FetchVerdict.Fetched:
                result.Content = ContentHash.Of(fetched.Content.Span);
                return fetched.Content;
            case FetchVerdict.Gone:
                result.IsGone = true;
                return null;
            case FetchVerdict.TooLarge:
                result.Add(
                    result.Item.Path,
                    default,
                    new Unreadable(UnreadableReason.TooLarge, "none", Advice(fetched)));
                return null;
            default:
                var isUnstable = fetched.Verdict is FetchVerdict.Unstable;
                result.Postpone(
                    isUnstable ? UnreadableReason.Unstable : UnreadableReason.AccessDenied,
                    Advice(fetched));
                return null;
        }
    }

    private static Remark Advice(FetchedItem fetched) => fetched.Advice ?? new Remark(RemarkCode.FileRefused);

    private async Task AddAsync(
        SourceFile file,
        ReadOnlyMemory<byte> content,
        int depth,
        FileResult result,
        CancellationToken cancellationToken)
    {
        var name = depth > 0 ? file.Path[(file.Path.LastIndexOf('/') + 1)..]
            : result.Fetched.FileName ?? SourcePath.NameOf(file.Path);
        var outcome = depth > limits.DepthMax
            ? new Unreadable(
                UnreadableReason.TooLarge,
                "none",
                new Remark(RemarkCode.FilesTooDeep, $"{limits.DepthMax}"))
            : await ReadAsync(content, name, result, cancellationToken);
        if (result.IsDeferred)
        {
            return;
        }

        var hash = depth == 0 ? result.Content : ContentHash.Of(content.Span);
        if (outcome is Unreadable unreadable)
        {
            result.Add(file.Path, hash, unreadable);
            return;
        }

        var document = ((Extracted)outcome).Document;
        if (DocumentPreparer.Prepare(file, document, content) is { } prepared)
        {
            if (!Erased.Has(file.Collection, prepared.Id) && !Erased.HasContent(file.Collection, hash))
            {
                result.Add(gate.Grade(document, prepared), gate);
            }
        }
        else if (document.Embedded.Count == 0)
        {
            result.Add(file.Path, hash, new Unreadable(
                UnreadableReason.Empty,
                document.Reader,
                new Remark(RemarkCode.NoVisibleText)));
            return;
        }
        else if (document.Warnings.Count > 0)
        {
            // Warnings stand with a document's text. What has none would keep to itself that entries are missing.
            result.Add(file.Path, hash, new Unreadable(
                UnreadableReason.Broken,
                document.Reader,
                [new Remark(RemarkCode.PartWasRead), .. document.Warnings]));
        }

        foreach (var embedded in document.Embedded)
        {
            var inner = file with { Path = SourcePath.Inner(file.Path, embedded.Path), Title = null };
            await AddAsync(inner, embedded.Content, depth + 1, result, cancellationToken);
            if (result.IsDeferred)
            {
                return;
            }
        }
    }

    private async Task<ReadOutcome> ReadAsync(
        ReadOnlyMemory<byte> content,
        string name,
        FileResult result,
        CancellationToken cancellationToken)
    {
        var outcome = await reader.ReadAsync(content, name, limits, cancellationToken);
        if (recognizer is null || !recognizer.IsNeeded(outcome))
        {
            return outcome;
        }

        result.IsDeferred = !result.Recognizes;
        return result.IsDeferred
            ? outcome
            : await recognizer.RecognizeAsync(content, name, outcome, limits, cancellationToken);
    }
}

/// <summary>What came of an item.</summary>
/// <param name="item">The item as it was listed.</param>
/// <param name="recognizes">Whether its scans are recognised.</param>
internal sealed class FileResult(ListedItem item, bool recognizes = false)
{
    private readonly List<(string Path, ContentHash Content, Unreadable Quarantine)> _quarantine = [];
    private readonly Dictionary<string, DocumentQuality> _held = new(StringComparer.Ordinal);
    private IReadOnlyList<DocumentId> _kept = [];

    /// <summary>The item as it was listed.</summary>
    public ListedItem Item { get; } = item;

    /// <summary>The item as it was when it was fetched: fingerprint, time and permission of that moment.</summary>
    public ListedItem Fetched { get; set; } = item;

    /// <summary>Its fingerprint when it was fetched; empty if it is to be tried again.</summary>
    public string Fingerprint => IsPostponed ? "" : Fetched.Fingerprint;

    /// <summary>The hash of its bytes; <c>default</c> if they were not read.</summary>
    public ContentHash Content { get; set; }

    /// <summary>Whether its scans are recognised.</summary>
    public bool Recognizes { get; } = recognizes;

    /// <summary>Whether it has scans that are to be recognised, so that nothing came of it yet.</summary>
    public bool IsDeferred { get; set; }

    /// <summary>Whether it was gone when it should be opened: the next scan will tell what that means.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether it could not be read for now, so that what was read of it before stays.</summary>
    public bool IsPostponed { get; private set; }

    /// <summary>The documents: itself, and those inside it.</summary>
    public List<PreparedDocument> Documents { get; } = [];

    /// <summary>The bytes of the documents that wait for their commit.</summary>
    public long SizeBytes => Documents.Sum(document => (long)document.Original.Length + document.Text.Length);

    /// <summary>How many files of it, or it itself, are in quarantine.</summary>
    public int QuarantinedCount => _quarantine.Count;

    /// <summary>How many of these were read, and are held for their quality.</summary>
    public int HeldCount => _held.Count;

    /// <summary>Adds a document that was read and graded: to the index, or to quarantine if a rule holds it.</summary>
    public void Add(PreparedDocument document, QualityGate gate)
    {
        if (document.Quality!.Verdict is not QualityVerdict.Hold)
        {
            Documents.Add(document);
            return;
        }

        _held[document.Path] = document.Quality;
        Add(document.Path, ContentHash.Of(document.Original.Span), gate.Explain(document));
    }

    /// <summary>Keeps the former versions of documents whose new version is held: what was good before is still true,
    /// and is listed beside what is held. One that a rule holds as well goes.</summary>
    /// <param name="live">The live documents of the file.</param>
    /// <param name="gate">The gate.</param>
    /// <returns>What stays.</returns>
    public IReadOnlyList<DocumentId> KeepFormer(IEnumerable<DocumentVersion> live, QualityGate gate) => _kept =
    [
        .. live.Where(document => _held.ContainsKey(document.Path)
                && !_quarantine.Exists(entry => entry.Content == document.Version
                    && string.Equals(entry.Path, document.Path, StringComparison.Ordinal))
                && gate.Allows(document))
            .Select(document => document.Id),
    ];

    /// <summary>Puts the file, or one inside it, in quarantine.</summary>
    public void Add(string path, ContentHash content, Unreadable quarantine) =>
        _quarantine.Add((path, content, quarantine));

    /// <summary>Leaves the file for the next synchronisation, and what is known of it as it is.</summary>
    public void Postpone(UnreadableReason reason, Remark advice)
    {
        IsPostponed = true;
        Add(Item.Path, default, new Unreadable(reason, "none", advice));
    }

    /// <summary>What is to be remembered.</summary>
    /// <param name="source">The source.</param>
    /// <param name="former">What was remembered of the file, and of those inside it.</param>
    /// <param name="now">When it was tried.</param>
    public IReadOnlyList<SourceItem> Items(string source, IReadOnlyList<SourceItem> former, DateTimeOffset now)
    {
        if (IsGone)
        {
            return former;
        }

        var before = former.ToDictionary(item => item.Key.Path, StringComparer.Ordinal);
        var items = _quarantine
            .DistinctBy(entry => entry.Path, StringComparer.Ordinal)
            .Select(entry => Remember(entry.Path, entry.Content, entry.Quarantine))
            .ToList();
        if (!items.Exists(item => string.Equals(item.Key.Path, Item.Path, StringComparison.Ordinal)))
        {
            items.Add(Remember(Item.Path, Content, quarantine: null));
        }

        return items;

        SourceItem Remember(string path, ContentHash content, Unreadable? quarantine)
        {
            var known = before.GetValueOrDefault(path);
            var isOuter = string.Equals(path, Item.Path, StringComparison.Ordinal);
            var isTriedAgain = known?.Quarantine is not null && quarantine is not null
                && string.Equals(known.Fingerprint, Fingerprint, StringComparison.Ordinal);
            return new SourceItem
            {
                Key = new SourceItemKey(source, path),
                Fingerprint = Fingerprint,
                Identity = isOuter ? Fetched.Identity : null,
                Content = IsPostponed && known is not null ? known.Content : content,
                Documents = !isOuter ? []
                    : IsPostponed && known is not null ? known.Documents
                    : [.. Documents.Select(document => document.Id), .. _kept],
                Quarantine = quarantine,
                Quality = _held.GetValueOrDefault(path),
                AttemptCount = isTriedAgain ? known!.AttemptCount + 1 : 1,
                TriedAt = now,
            };
        }
    }
}
