using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Retrieval;
using Terroir.Server;

namespace Terroir.Bench.Chunking;

/// <summary>Chunks in a site of their own, found by the product's retriever.</summary>
internal sealed class ChunkIndex : IAsyncDisposable
{
    private static readonly CollectionId Collection = new("bench");

    private static readonly Asker Asker = new("bench", [AccessList.Everyone]);

    private readonly Site _site;
    private readonly IReadOnlyList<Chunk> _chunks;

    private ChunkIndex(Site site, IReadOnlyList<Chunk> chunks)
    {
        _site = site;
        _chunks = chunks;
    }

    /// <summary>Indexes each chunk as a document without a title, in English.</summary>
    public static async Task<ChunkIndex> BuildAsync(
        JudgedSpans set,
        IReadOnlyList<Chunk> chunks,
        string folder,
        CancellationToken cancellationToken)
    {
        SiteFolder.Create(folder);
        var index = new ChunkIndex(Site.Open(folder), chunks);
        var catalog = index._site.Services.GetRequiredService<ICatalog>();
        await catalog.CreateCollectionAsync(Collection, cancellationToken);
        await using var writer = await catalog.OpenWriterAsync(Collection, cancellationToken);
        var added = chunks.Select((chunk, number) => Prepare(set, chunk, number)).ToArray();
        await writer.CommitAsync(new CatalogChange { Added = added }, cancellationToken);
        return index;
    }

    /// <summary>Finds the best chunks.</summary>
    public async Task<IReadOnlyList<Chunk>> FindAsync(string question, int count, CancellationToken cancellationToken)
    {
        var result = await _site.Services.GetRequiredService<IRetriever>().SearchAsync(
            new SearchRequest { Query = question, Asker = Asker, Count = count, OnePerDocument = true },
            cancellationToken);
        return [.. result.Hits.Select(hit => _chunks[int.Parse(hit.Document.Path, CultureInfo.InvariantCulture)])];
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private static PreparedDocument Prepare(JudgedSpans set, Chunk chunk, int number)
    {
        var text = Encoding.UTF8.GetBytes(NormalForm.Of(set.Texts[chunk.Corpus][chunk.Range.Start..chunk.Range.End]));
        var path = number.ToString(CultureInfo.InvariantCulture);
        return new PreparedDocument
        {
            Id = DocumentId.For(Collection, path),
            Source = "bench",
            Path = path,
            Title = "-",
            MediaType = "text/plain",
            Language = "en",
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
                    Headings = chunk.Headings,
                    Language = "en",
                    Places = [new PlacedSpan(0, text.Length, SourcePlace.Whole)],
                },
            ],
        };
    }
}
