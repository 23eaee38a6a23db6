using Terroir.Access;
using Terroir.Answers;
using Terroir.Audit;
using Terroir.Lineage;
using Terroir.Provenance;
using Terroir.Provenance.Receipts;
using Terroir.Storage.Embedded;

namespace Terroir.Tests.Lineage;

/// <summary>A site with one document, whose answers have receipts.</summary>
internal sealed class LineageSite : IAsyncDisposable
{
    public const string Question = "Combien de temps le dossier est-il conservé ?";

    public TestSite Site { get; } = new();

    public LedgerIdentity Identity { get; } = new("test", SiteKey.FromSeed(new byte[32]));

    public SiteLedger Ledger => new(Site.Metastore, Site.Objects, Identity);

    public SiteLineage Lineage => new(Site.Metastore, Records, Ledger, Index);

    public CitationIndex Index => new(Site.Metastore, Records, Derived);

    public FolderDerivedStore Derived => new(Path.Combine(Site.Data.Path, "derived"), TimeProvider.System);

    public AnswerRecords Records => new(Confidential, Identity);

    public static Asker Anne { get; } = new("anne", []);

    private ConfidentialObjects Confidential => new(Site.Objects, Identity);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<LineageSite> CreateAsync()
    {
        var made = new LineageSite();
        await made.Site.AddSourceAsync();
        made.Write("Le dossier est conservé pendant vingt ans.");
        await made.Site.SyncAsync();
        return made;
    }

    public void Write(string sentence, string file = "dossier.md", string readers = "everyone")
    {
        var folder = Path.GetDirectoryName(file)!;
        Site.Source.Write(Path.Combine(folder, "permissions.yaml"), $"inherit: false\nallow: [{readers}]");
        Site.Source.Write(file, $"# Archives\n\n{sentence}");
    }

    public async Task<DocumentId> DocumentAsync(string path = "dossier.md") =>
        (await Site.DocumentsAsync())
            .Single(document => string.Equals(document.Path, path, StringComparison.Ordinal)).Id;

    public async Task<Answer> AskAsync(string user = "anne")
    {
        var keeper = new ReceiptKeeper(
            Site.Metastore,
            Confidential,
            Ledger,
            Identity,
            new PersonKeys(Confidential),
            new ReceiptSoftware("terroir", "1", ContentHash.Of("files"u8)),
            TimeProvider.System);
        return await new ReceiptedAnswerer(Site.Answerer, keeper).AskAsync(
            new AskRequest { Question = Question, Asker = new Asker(user, []) },
            Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        Identity.SigningKey.Dispose();
    }
}
