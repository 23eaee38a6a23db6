using System.Globalization;
using System.Text;
using Terroir.Audit;
using Terroir.Provenance;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;
using Terroir.Storage;
using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Tests.Audit;

/// <summary>A ledger over real files, whose calls can fail as a plan says.</summary>
internal sealed class LedgerSite : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private SqliteMetastore _metastore;

    public LedgerSite(TestFolder? data = null)
    {
        Data = data ?? new TestFolder();
        _metastore = OpenMetastore();
        Ledger = Open();
    }

    public TestFolder Data { get; }

    public FaultPlan Plan { get; } = new();

    public LedgerIdentity Identity { get; } = new("test", SiteKey.FromSeed(new byte[32]));

    public SiteLedger Ledger { get; private set; }

    public IMetastore Metastore => new FaultyMetastore(_metastore, Plan);

    public IObjectStore Objects =>
        new FaultyObjectStore(new FolderObjectStore(ObjectsFolder, TimeProvider.System), Plan);

    public LedgerMaintenance Maintenance => new(Metastore, Objects, Identity);

    public string ObjectsFolder => Path.Combine(Data.Path, "objects");

    public string LedgerFolder => Path.Combine(ObjectsFolder, "l", "test");

    public TrustPolicy Policy => TrustPolicy.Parse(Encoding.UTF8.GetBytes($"log {Identity.Signer.Key}\nquorum none\n"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static LedgerRow Row(int number) => Row($"{number}");

    public static LedgerRow Row(string text)
    {
        var leaf = LedgerLeaf.At("test", Noon, ContentHash.Of(Encoding.UTF8.GetBytes(text)));
        return new LedgerRow("test", Noon, leaf.ToEntry()) { Subject = text };
    }

    /// <summary>Another process over the same files.</summary>
    public SiteLedger Open() => new(Metastore, Objects, Identity);

    /// <summary>The same site in a new process.</summary>
    public void Reopen()
    {
        Plan.Heal();
        Ledger = Open();
    }

    public async Task AppendAsync(int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            Assert.Equal(i, await Ledger.AppendAsync([Row(i)], Stop));
        }
    }

    /// <summary>Verifies as somebody else would: every entry by its proof under the checkpoint.</summary>
    public async Task AssertSoundAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var proof = LogProof.Parse((await Ledger.ProveAsync(i, Stop))!.ToBytes());
            var verdict = proof.Verify(MerkleHash.OfLeaf(Row(i).Entry.Span), Policy);
            Assert.True(verdict.IsIncluded, string.Create(CultureInfo.InvariantCulture, $"event {i}"));
        }

        var report = await Maintenance.VerifyAsync(Stop);
        Assert.Empty(report.Problems);
        Assert.Equal((count, 0), (report.Size, report.PendingCount));
    }

    public async Task LoseMetastoreAsync()
    {
        await _metastore.DisposeAsync();
        foreach (var file in Directory.GetFiles(Data.Path, "metastore.db*"))
        {
            File.Delete(file);
        }

        _metastore = OpenMetastore();
        Reopen();
    }

    public async ValueTask DisposeAsync()
    {
        await _metastore.DisposeAsync();
        Identity.SigningKey.Dispose();
        Data.Dispose();
    }

    private SqliteMetastore OpenMetastore() =>
        SqliteMetastore.Open(Path.Combine(Data.Path, "metastore.db"), TimeProvider.System);
}
