using System.Text;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Provenance;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;
using Terroir.Retrieval.Segments;
using Terroir.Storage.Embedded;

namespace Terroir.Crash;

/// <summary>The engine over the folder and the SQLite file, with a clock that is set for each process.</summary>
/// <remarks>A killed process keeps its leases until they end. Each process therefore gets a metastore clock that is
/// further ahead than the longest lease, so that nobody has to wait.</remarks>
internal sealed class CrashSite : IAsyncDisposable
{
    /// <summary>Longer than any lease.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    private readonly SiteKey _key;

    private CrashSite(string folder, TimeSpan ahead, string metastore, TextWriter? progress)
    {
        var clock = new AheadTimeProvider(ahead);
        _key = SiteKey.FromSeed([.. Enumerable.Repeat((byte)7, SiteKey.Length)]);
        Metastore = SqliteMetastore.Open(Path.Combine(folder, metastore), clock);
        Files = new FolderObjectStore(Path.Combine(folder, "objects"), TimeProvider.System);
        IObjectStore objects = progress is null ? Files : new ReportingObjectStore(Files, progress);
        var site = new SiteIdentity("crash", _key);
        Catalog = new SiteCatalog(objects, Metastore, new PostingSegmentBuilder(), site, clock);
        Maintenance = new CatalogMaintenance(objects, Metastore, site, clock);
        var identity = new LedgerIdentity(site.Id, _key);
        Ledger = new SiteLedger(Metastore, objects, identity);
        LedgerMaintenance = new LedgerMaintenance(Metastore, objects, identity);
        Receipts = new CrashReceipts(new ReceiptKeeper(
            Metastore,
            new ConfidentialObjects(objects, identity),
            Ledger,
            identity,
            new PersonKeys(new ConfidentialObjects(objects, identity)),
            new ReceiptSoftware("crash", "1", ContentHash.Of("crash"u8)),
            clock));
        Policy = TrustPolicy.Parse(Encoding.UTF8.GetBytes($"log {identity.Signer.Key}\nquorum none\n"));
    }

    public SqliteMetastore Metastore { get; }

    public FolderObjectStore Files { get; }

    public ICatalog Catalog { get; }

    public ICatalogMaintenance Maintenance { get; }

    public ILedger Ledger { get; }

    public ILedgerMaintenance LedgerMaintenance { get; }

    public CrashReceipts Receipts { get; }

    public TrustPolicy Policy { get; }

    public static IReadOnlyList<CollectionId> Collections { get; } =
        [new CollectionId("soins"), new CollectionId("rh"), new CollectionId("qualite")];

    public static TimeSpan ClockOfChild(int round) => Step * (2 * round);

    public static TimeSpan ClockOfCheck(int round) => Step * (2 * round + 1);

    public static CrashSite Open(
        string folder,
        TimeSpan ahead,
        TextWriter? progress = null,
        string metastore = "metastore.db") =>
        new(folder, ahead, metastore, progress);

    public async ValueTask DisposeAsync()
    {
        await Metastore.DisposeAsync();
        _key.Dispose();
    }

    private sealed class AheadTimeProvider(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }
}
