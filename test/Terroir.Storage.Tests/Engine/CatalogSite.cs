using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Provenance;
using Terroir.Retrieval;

namespace Terroir.Storage.Tests.Engine;

/// <summary>The catalogue over two stores, as one process opens it, with texts for documents.</summary>
internal sealed class CatalogSite : IAsyncDisposable
{
    /// <summary>The collection of most tests.</summary>
    public static readonly CollectionId Notes = new("notes");

    private static readonly SiteKey Key = SiteKey.FromSeed([.. Enumerable.Repeat((byte)3, SiteKey.Length)]);

    private readonly ServiceProvider _services;

    public CatalogSite(IObjectStore objects, IMetastore metastore, TimeProvider time)
    {
        Metastore = metastore;
        _services = new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton(objects)
            .AddSingleton(metastore)
            .AddSingleton(new SiteIdentity(Name, Key))
            .AddCatalog()
            .AddRetrieval()
            .BuildServiceProvider();
    }

    public static string Name => "valmont";

    public IMetastore Metastore { get; }

    public ICatalog Catalog => _services.GetRequiredService<ICatalog>();

    public ICatalogMaintenance Maintenance => _services.GetRequiredService<ICatalogMaintenance>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Adds or replaces documents, or removes those without a text, as one generation.</summary>
    public async Task<long> CommitAsync(CollectionId collection, params (string Path, string? Text)[] documents)
    {
        await Catalog.CreateCollectionAsync(collection, Stop);
        await using var writer = await Catalog.OpenWriterAsync(collection, Stop);
        var change = new CatalogChange
        {
            Added = [.. documents.Where(item => item.Text is not null).Select(item => Prepare(collection, item))],
            Removed = [.. documents.Where(item => item.Text is null).Select(item => IdOf(collection, item.Path))],
        };
        return (await writer.CommitAsync(change, Stop)).Generation;
    }

    /// <summary>Reads every document's text by its path.</summary>
    public async Task<SortedDictionary<string, string>> ReadAsync(CollectionId collection)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var state = await Catalog.ReadStateAsync(collection, 0, Stop);
        foreach (var row in state?.Documents ?? [])
        {
            var text = await Catalog.ReadBlobAsync(row.Document.Text, Stop);
            texts[row.Document.Path] = Encoding.UTF8.GetString(text.Span);
        }

        return texts;
    }

    public async Task<long> HeadAsync(CollectionId collection) =>
        (await Metastore.Catalog.ReadHeadAsync(collection, Stop))!.Generation;

    public async Task<IReadOnlyList<string>> VerifyAsync() => (await Maintenance.VerifyAsync(Stop)).Problems;

    public Task CollectAsync() => Maintenance.CollectGarbageAsync(TimeSpan.Zero, Stop);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static DocumentId IdOf(CollectionId collection, string path) => DocumentId.For(collection, path);

    private static PreparedDocument Prepare(CollectionId collection, (string Path, string? Text) document)
    {
        var text = Encoding.UTF8.GetBytes(document.Text!);
        return new PreparedDocument
        {
            Id = IdOf(collection, document.Path),
            Source = "test",
            Path = document.Path,
            Title = document.Path,
            MediaType = "text/plain",
            Language = "fr",
            Access = new AccessList([AccessList.Everyone], []),
            Original = text,
            Text = text,
            Passages =
            [
                new Passage
                {
                    Ordinal = 0,
                    Start = 0,
                    End = text.Length,
                    Language = "fr",
                    Places = [new PlacedSpan(0, text.Length, SourcePlace.Whole)],
                },
            ],
        };
    }
}
