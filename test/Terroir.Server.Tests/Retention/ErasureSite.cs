using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Ingestion;
using Terroir.Provenance.Erasures;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;
using Terroir.Retention;
using Terroir.Storage;

namespace Terroir.Server.Tests.Retention;

/// <summary>A real site with documents about subjects and bystanders, each with a word that is in no other.</summary>
internal sealed class ErasureSite : IAsyncDisposable
{
    public static readonly CollectionId Collection = new(Server.Site.DefaultCollection);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    private ErasureSite(string settings)
    {
        var site = SiteFolder.Create(Path.Combine(_folder.FullName, "site"));
        File.WriteAllText(site.DirectoryFile, "groups: []\nusers:\n  - id: nadia\n    name: Nadia\n");
        File.AppendAllText(site.ConfigurationFile, settings);
        Directory.CreateDirectory(Source);
        File.WriteAllText(Path.Combine(Source, "permissions.yaml"), "allow: [everyone]\n");
        Site = Server.Site.Open(site.Root, SharedReaders.Use);
    }

    public Site Site { get; private set; }

    public string Source => Path.Combine(_folder.FullName, "files");

    public Eraser Eraser => Site.Services.GetRequiredService<Eraser>();

    public ErasurePlanner Planner => Site.Services.GetRequiredService<ErasurePlanner>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Makes a site with documents.</summary>
    public static async Task<ErasureSite> CreateAsync(string settings, params string[] names)
    {
        var site = new ErasureSite(settings);
        foreach (var name in names)
        {
            site.Write(name);
        }

        await site.Get<ICatalog>().CreateCollectionAsync(Collection, Stop);
        await site.Get<IMetastore>().Sources.SaveSourceAsync(
            new SourceRecord
            {
                Id = "dossiers",
                Collection = Collection,
                Kind = "folder",
                Location = site.Source,
                Permissions = "file",
            },
            Stop);
        await site.SyncAsync();
        return site;
    }

    public T Get<T>()
        where T : notnull => Site.Services.GetRequiredService<T>();

    public void Write(string name, string more = "") => File.WriteAllText(
        Path.Combine(Source, $"{name}.md"),
        $"# Compte rendu {name}\n\nLe traitement de {name} comprend la molecule{name} deux fois par jour. {more}\n");

    public Task SyncAsync() => Get<ISynchronizer>().SyncAsync("dossiers", new SyncOptions(), progress: null, Stop);

    /// <summary>Asks about a subject, so that a receipt quotes its document.</summary>
    public async Task<ContentHash> AskAsync(string name)
    {
        var answer = await Get<IAnswerer>().AskAsync(
            new AskRequest
            {
                Question = $"Quel est le traitement de {name} ?",
                Asker = Get<IDirectory>().Find("nadia")!,
            },
            Stop);
        return answer.Receipt;
    }

    public async Task<ErasureOrder> OrderAsync(params string[] names)
    {
        var plan = await Planner.FindAsync([.. names.Select(name => $"dossiers:{name}.md")], null, Stop);
        return await Eraser.OrderAsync(
            new ErasureRequest(
                [.. plan.Documents.Select(item => item.Address)],
                string.Join(' ', names),
                ErasureBasis.Request)
            {
                Gone = plan.Gone,
            },
            Stop);
    }

    public async Task<ErasureOutcome> RunAsync(ErasureOrder order, params IErasable[] more) =>
        await Eraser.RunAsync(order, more, [Reach.Paper], deliverAsync: null, Stop);

    public async Task<ErasureOutcome> EraseAsync(params string[] names) => await RunAsync(await OrderAsync(names));

    /// <summary>The files of the site that hold a text as it is; found without the product's own search.</summary>
    public IReadOnlyList<string> FilesWith(string text) => FilesWith(Site.Folder.Root, text);

    public static IReadOnlyList<string> FilesWith(string folder, string text) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Holds(path, text))
            .Select(path => Path.GetRelativePath(folder, path)),
    ];

    public async Task<IReadOnlyList<string>> LivePathsAsync() =>
        [.. (await Get<ICatalog>().ReadStateAsync(Collection, 0, Stop))!.Documents
            .Select(row => row.Document.Path).Order(StringComparer.Ordinal)];

    public async Task<ReceiptReport> VerifyAsync(ContentHash receipt)
    {
        var kept = (await Get<IReceiptKeeper>().FindAsync(receipt, Stop))!;
        return await ReceiptVerifier.VerifyAsync(
            new ReceiptEvidence { Bundle = kept.Bundle, Proof = kept.Proof, Openings = kept.Openings, Policy = Policy },
            Stop);
    }

    public TrustPolicy Policy =>
        TrustPolicy.Parse(System.Text.Encoding.UTF8.GetBytes($"log {Get<ILedger>().Key}\nquorum none\n"));

    /// <summary>Opens the site again, as a process does after another died.</summary>
    public async Task ReopenAsync()
    {
        var root = Site.Folder.Root;
        await Site.DisposeAsync();
        Site = Server.Site.Open(root, SharedReaders.Use);
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static bool Holds(string path, string text)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        return bytes.IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0
            || bytes.IndexOf(System.Text.Encoding.Unicode.GetBytes(text)) >= 0;
    }
}
