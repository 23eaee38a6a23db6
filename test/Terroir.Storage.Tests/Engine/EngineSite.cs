using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Terroir.Access;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Provenance;
using Terroir.Readers;
using Terroir.Retrieval;

namespace Terroir.Storage.Tests.Engine;

/// <summary>The whole engine over two stores and a folder of three notes.</summary>
internal sealed class EngineSite : IDisposable
{
    public static readonly CollectionId Collection = new("notes");

    private readonly SiteKey _key = SiteKey.Generate();
    private readonly TemporaryFolder _source = new();
    private readonly FakeTimeProvider _time;

    public EngineSite(FakeTimeProvider time)
    {
        _time = time;
        File.WriteAllText(_source["permissions.yaml"], "allow: [everyone]");
        foreach (var name in new[] { "un", "deux", "trois" })
        {
            File.WriteAllText(_source[name + ".md"], $"Le dossier {name} est conservé vingt ans.");
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _key.Dispose();
        _source.Dispose();
    }

    /// <summary>Starts the engine on two stores, as a process does.</summary>
    public ServiceProvider Start(IObjectStore objects, IMetastore metastore) => new ServiceCollection()
        .AddSingleton<TimeProvider>(_time)
        .AddSingleton(objects)
        .AddSingleton(metastore)
        .AddSingleton(new SiteIdentity("valmont", _key))
        .AddSingleton<IDocumentReader, FormatReaders>()
        .AddSingleton<IDirectory>(SiteDirectory.Empty)
        .AddSingleton(new LedgerIdentity("valmont", _key))
        .AddAudit()
        .AddCatalog()
        .AddIngestion()
        .AddRetrieval()
        .BuildServiceProvider();

    /// <summary>Creates the collection and its source.</summary>
    public async Task PrepareAsync(IMetastore metastore)
    {
        await metastore.Catalog.CreateCollectionAsync(Collection, Stop);
        await metastore.Sources.SaveSourceAsync(
            new SourceRecord
            {
                Id = "source",
                Collection = Collection,
                Kind = "folder",
                Location = _source.Path,
                Permissions = "file",
            },
            Stop);
    }

    /// <summary>Changes one note and drops another, so that an ingest also replaces and removes.</summary>
    public void Edit()
    {
        File.WriteAllText(_source["un.md"], "Le dossier un est conservé trente ans, depuis la réforme.");
        File.Delete(_source["trois.md"]);
    }

    public static Task IngestAsync(IServiceProvider engine) =>
        engine.GetRequiredService<ISynchronizer>().SyncAsync("source", new SyncOptions(), null, Stop);

    public static async Task<IReadOnlyList<string>> SearchAsync(IServiceProvider engine, string query)
    {
        var request = new SearchRequest { Query = query, Asker = new Asker("anyone", []) };
        var result = await engine.GetRequiredService<IRetriever>().SearchAsync(request, Stop);
        return [.. result.Hits.Select(hit => hit.Document.Path).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }

    public static async Task<IReadOnlyList<string>> VerifyAsync(IServiceProvider engine) =>
        (await engine.GetRequiredService<ICatalogMaintenance>().VerifyAsync(Stop)).Problems;

    public static Task CollectAsync(IServiceProvider engine) =>
        engine.GetRequiredService<ICatalogMaintenance>().CollectGarbageAsync(TimeSpan.Zero, Stop);
}
