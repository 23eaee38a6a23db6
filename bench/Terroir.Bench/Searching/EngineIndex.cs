using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Retrieval;
using Terroir.Server;

namespace Terroir.Bench.Searching;

/// <summary>The product: a whole site, its durable commits and its retriever.</summary>
internal sealed class EngineIndex : ISearchIndex, IAsyncDisposable
{
    private const int BatchCount = 512;

    public static readonly CollectionId Collection = new("bench");

    private static readonly ConcurrentDictionary<string, Asker> Askers = new(StringComparer.Ordinal);

    private readonly Site _site;
    private readonly IRetriever _retriever;
    private readonly TextRanking _ranking;
    private EngineIndex(Site site)
    {
        _site = site;
        _retriever = site.Services.GetRequiredService<IRetriever>();
        _ranking = new TextRanking(site.Services.GetRequiredService<ICatalog>());
    }

    public TimeSpan BuildTime { get; private set; }

    /// <summary>Its collections.</summary>
    public ICatalog Catalog => _site.Services.GetRequiredService<ICatalog>();

    /// <summary>Answers from the collection.</summary>
    public Answers.IAnswerer Answerer => _site.Services.GetRequiredService<Answers.IAnswerer>();

    /// <summary>Ingests a collection into a new site.</summary>
    public static Task<EngineIndex> BuildAsync(JudgedSet set, string folder, CancellationToken cancellationToken) =>
        BuildAsync(
            set.Documents.Chunk(BatchCount).Select(documents =>
                documents.AsParallel().AsOrdered().Select(Prepare).OfType<PreparedDocument>().ToArray()),
            folder,
            cancellationToken);

    /// <summary>Puts documents into a new site.</summary>
    public static Task<EngineIndex> BuildAsync(
        IEnumerable<PreparedDocument> documents,
        string folder,
        CancellationToken cancellationToken) =>
        BuildAsync(documents.Chunk(BatchCount), folder, cancellationToken);

    // Batches are prepared while the clock runs.
    private static async Task<EngineIndex> BuildAsync(
        IEnumerable<PreparedDocument[]> batches,
        string folder,
        CancellationToken cancellationToken)
    {
        SiteFolder.Create(folder);
        var index = new EngineIndex(Site.Open(folder));
        var catalog = index._site.Services.GetRequiredService<ICatalog>();
        await catalog.CreateCollectionAsync(Collection, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await using (var writer = await catalog.OpenWriterAsync(Collection, cancellationToken))
        {
            foreach (var prepared in batches)
            {
                await writer.CommitAsync(new CatalogChange { Added = prepared }, cancellationToken);
            }

            while (await writer.MergeAsync(cancellationToken))
            {
            }
        }

        index.BuildTime = Stopwatch.GetElapsedTime(started);
        return index;
    }

    public async ValueTask<IReadOnlyList<string>> SearchAsync(
        string query,
        string group,
        int count,
        CancellationToken cancellationToken)
    {
        var result = await _retriever.SearchAsync(Ask(query, group, count), cancellationToken);
        return [.. result.Hits.Select(hit => hit.Document.Path)];
    }

    /// <summary>Finds the best documents by their words, and reads nothing of them.</summary>
    public Task<IReadOnlyList<string>> RankAsync(
        string query,
        string group,
        int count,
        CancellationToken cancellationToken) =>
        _ranking.RankAsync(Ask(query, group, count), cancellationToken);

    public ValueTask DisposeAsync()
    {
        _ranking.Dispose();
        return _site.DisposeAsync();
    }

    /// <summary>What somebody of a group asks.</summary>
    public static SearchRequest Ask(string query, string group, int count) => new()
    {
        Query = query,
        Asker = Askers.GetOrAdd(group, static name => new Asker("bench", [name])),
        Count = count,
        OnePerDocument = true,
    };

    private static PreparedDocument? Prepare(JudgedDocument document)
    {
        var access = new AccessList([.. ReaderGroups.Of(document.Id).Select(group => $"group:{group}")], []);
        return DocumentPreparer.Prepare(
            new SourceFile(Collection, "bench", document.Id, DateTimeOffset.UnixEpoch, access, ""),
            new ExtractedDocument
            {
                MediaType = "text/plain",
                Reader = "bench",
                Title = document.Title.Length > 0 ? document.Title : " ",
                Blocks = [.. document.Text.Split('\n').Select(text => new ParagraphBlock(text, SourcePlace.Whole))],
            },
            Encoding.UTF8.GetBytes(document.Text));
    }
}
