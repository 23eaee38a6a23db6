using Terroir.Access;
using Terroir.Answers;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Quality;
using Terroir.Ingestion.Sync;
using Terroir.Ingestion.Turns;
using Terroir.Kinship;
using Terroir.Protection;
using Terroir.Provenance;
using Terroir.Readers;
using Terroir.Retrieval;
using Terroir.Retrieval.Encoders;
using Terroir.Retrieval.Meaning;
using Terroir.Retrieval.Segments;
using Terroir.Sources;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Tests;

/// <summary>The real engine over real files: a source folder and a site.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    public static readonly CollectionId Collection = new("documents");

    private readonly SiteKey _key = SiteKey.Generate();
    private readonly int _learningCountMin;
    private readonly bool _isSealed;
    private readonly IPassageEncoders? _encoders;
    private readonly IErasedDocuments? _erased;

    /// <summary>Opens a new site.</summary>
    /// <param name="learningCountMin">How many documents teach something.</param>
    /// <param name="segments">What writes segments until the site is opened again.</param>
    /// <param name="isSealed">Whether what it stores is sealed.</param>
    /// <param name="encoders">Its encoders.</param>
    /// <param name="erased">What was erased of it.</param>
    public TestSite(
        int learningCountMin = LearningChoice.DocumentCountMin,
        ISegmentBuilder? segments = null,
        bool isSealed = false,
        IPassageEncoders? encoders = null,
        IErasedDocuments? erased = null)
    {
        _encoders = encoders;
        _erased = erased;
        _learningCountMin = learningCountMin;
        _isSealed = isSealed;
        Open(segments);
    }

    public TestFolder Source { get; } = new();

    public TestFolder Data { get; } = new();

    public SqliteMetastore Metastore { get; private set; } = null!;

    public FolderObjectStore Objects { get; private set; } = null!;

    public ICatalog Catalog { get; private set; } = null!;

    public ICatalogMaintenance Maintenance { get; private set; } = null!;

    public IRetriever Retriever { get; private set; } = null!;

    public IAnswerer Answerer => new CitedAnswerer(Retriever, new QuotingComposer(), Catalog, timeProvider: Clock);

    /// <summary>The keys of a site that seals.</summary>
    public IKeyRing? Keys { get; private set; }

    /// <summary>What the answerer takes for the time.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>What reads the files.</summary>
    public IDocumentReader Reader { get; set; } = new FormatReaders();

    /// <summary>What recognises scans.</summary>
    public IDocumentRecognizer? Recognizer { get; set; }

    /// <summary>What decides on quality.</summary>
    public QualityRules Rules { get; set; } = QualityRules.None;

    /// <summary>A gate that lets everything through.</summary>
    public static QualityGate OpenGate { get; } = new(
        new QualityRule
        {
            Overall = new QualityBounds(Warn: null, Hold: null),
            Axes = new Dictionary<QualityAxis, QualityBounds>(),
        },
        [],
        new DateOnly(2026, 11, 26));

    /// <summary>What tells how good the documents are.</summary>
    public QualityReader Quality =>
        new(Catalog, Metastore, Kinship ?? new CollectionKinship(Catalog), Rules, Time);

    /// <summary>What finds copies for it; the engine's own if <see langword="null"/>.</summary>
    public IKinship? Kinship { get; set; }

    /// <summary>How files are read.</summary>
    public ReadingRules ReadingRules { get; set; } = ReadingRules.None;

    /// <summary>Who is known at the site.</summary>
    public SiteDirectory Directory { get; set; } = SiteDirectory.Empty;

    /// <summary>The kinds of sources beside folders.</summary>
    public IReadOnlyList<IConnector> Connectors { get; set; } = [];

    /// <summary>What connectors may use of the machine.</summary>
    public ISourceHosts? Hosts { get; set; }

    /// <summary>The clock of synchronisations.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public static Asker Everyone { get; } = new("anyone", []);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task AddSourceAsync(string permissions = "file", string? location = null)
    {
        await Catalog.CreateCollectionAsync(Collection, Stop);
        await Metastore.Sources.SaveSourceAsync(
            new SourceRecord
            {
                Id = "source",
                Collection = Collection,
                Kind = "folder",
                Location = location ?? Source.Path,
                Permissions = permissions,
            },
            Stop);
    }

    public Task<SyncReport> SyncAsync(
        SyncOptions? options = null,
        IProgress<SyncProgress>? progress = null,
        CancellationToken? stop = null) =>
        CreateSynchronizer().SyncAsync("source", options ?? new SyncOptions(), progress, stop ?? Stop);

    /// <summary>Publishes documents in one generation.</summary>
    public async Task CommitAsync(params PreparedDocument[] documents)
    {
        await Catalog.CreateCollectionAsync(Collection, Stop);
        await using var writer = await Catalog.OpenWriterAsync(Collection, Stop);
        await writer.CommitAsync(new CatalogChange { Added = documents }, Stop);
    }

    /// <summary>A synchroniser as one process has it.</summary>
    public ISynchronizer CreateSynchronizer() =>
        new SourceSynchronizer(
            Catalog,
            Metastore,
            new ReadingTurns(Reader, NewLimit(), Recognizer, NewLimit()) { Rules = ReadingRules },
            Directory,
            new SourceOpener(Connectors, Directory, Time, Hosts),
            Time,
            Quality);

    private AdaptiveLimit NewLimit() => new(Environment.ProcessorCount, new MemoryLoad(), Time);

    public async Task<IReadOnlyList<PassageHit>> SearchAsync(string query, Asker? asker = null) =>
        (await Retriever.SearchAsync(new SearchRequest { Query = query, Asker = asker ?? Everyone }, Stop)).Hits;

    /// <summary>Reads the live documents, by id.</summary>
    public async Task<IReadOnlyList<DocumentVersion>> DocumentsAsync() =>
        [.. (await Catalog.ReadStateAsync(Collection, 0, Stop))!.Documents.Select(row => row.Document)];

    /// <summary>Deletes the metastore, as a lost disk would, and opens a new one.</summary>
    public async Task LoseMetastoreAsync()
    {
        await Metastore.DisposeAsync();
        foreach (var file in System.IO.Directory.GetFiles(Data.Path, "metastore.db*"))
        {
            File.Delete(file);
        }

        Open();
    }

    /// <summary>Reads what is in quarantine, by path.</summary>
    public Task<IReadOnlyList<SourceItem>> QuarantineAsync() => Metastore.Sources.ListQuarantineAsync(Stop);

    /// <summary>Loses the metastore, rebuilds it from the manifests, and adds the source again.</summary>
    public async Task RebuildAsync()
    {
        await LoseMetastoreAsync();
        await Maintenance.RebuildAsync(Stop);
        await AddSourceAsync();
    }

    /// <summary>Opens the same site again, as a process does after a crash.</summary>
    public async Task ReopenAsync()
    {
        await Metastore.DisposeAsync();
        Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Metastore.DisposeAsync();
        _key.Dispose();
        Source.Dispose();
        Data.Dispose();
    }

    private void Open(ISegmentBuilder? segments = null)
    {
        Metastore = SqliteMetastore.Open(Path.Combine(Data.Path, "metastore.db"), TimeProvider.System);
        Objects = new FolderObjectStore(Path.Combine(Data.Path, "objects"), TimeProvider.System);
        var site = new SiteIdentity("test", _key);
        var cipher = _isSealed ? OpenRing() : null;
        Catalog = new SiteCatalog(
            Objects,
            Metastore,
            segments ?? new PostingSegmentBuilder(_learningCountMin),
            site,
            TimeProvider.System,
            cipher: cipher,
            erased: _erased);
        Maintenance = new CatalogMaintenance(Objects, Metastore, site, TimeProvider.System, cipher: cipher);
        Retriever = new BitmapRetriever(Catalog, encoders: _encoders);
    }

    private RingCipher OpenRing()
    {
        var ring = new KeyRing(
            new FolderKeyStore(Path.Combine(Data.Path, "keys")),
            KeyProtector.FromKeys([_key.ExportSeed()]),
            TimeProvider.System);
        Keys = ring;
        return new RingCipher(ring, isSealing: true);
    }
}
