using Terroir.Access;
using Terroir.Catalog;
using Terroir.Retrieval;

namespace Terroir.Tests.Retrieval;

/// <summary>What stands in many documents says little about any of them.</summary>
public sealed class RecurringBlocksTests : IAsyncDisposable
{
    private const string Footer = "Pour toute question sur le parking, appelez l'accueil au 01 45 67 89 01.";

    private static readonly AccessList Staff = new(["group:staff"], []);

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_block_of_many_documents_is_marked_and_its_passage_loses_score()
    {
        await _site.CommitAsync(Documents(RecurringBlocks.DocumentCountMin));

        var hit = Assert.Single((await SearchAsync("question parking")).Take(1));
        var parts = hit.Explanation!.Parts.ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);

        Assert.Equal(new TextRange(0, Footer.Length), Assert.Single(hit.Recurring));
        Assert.Equal(-RecurringBlocks.Loss * parts["passage"], parts["recurring"], 9);
        Assert.Equal(hit.Score, parts.Values.Sum(), 9);
    }

    [Fact]
    public async Task A_block_of_fewer_documents_is_text_like_any_other()
    {
        await _site.CommitAsync(Documents(RecurringBlocks.DocumentCountMin - 1));

        Assert.All(await SearchAsync("question parking"), hit => Assert.Empty(hit.Recurring));
    }

    [Fact]
    public async Task Figures_case_and_accents_do_not_make_another_block()
    {
        var other = Footer.Replace("01 45", "03 88", StringComparison.Ordinal).ToUpperInvariant();
        await _site.CommitAsync([.. Documents(RecurringBlocks.DocumentCountMin - 1), Document(9, other)]);

        Assert.All(await SearchAsync("question"), hit => Assert.Single(hit.Recurring));
    }

    [Fact]
    public async Task Documents_that_not_everybody_may_read_teach_nothing_even_to_those_who_may()
    {
        await _site.CommitAsync(
        [
            .. Documents(RecurringBlocks.DocumentCountMin - 1),
            .. Enumerable.Range(20, 5).Select(number => Document(number, Footer) with { Access = Staff }),
        ]);

        var hits = await SearchAsync("question parking", new Asker("claire", ["staff"]));

        Assert.Equal(RecurringBlocks.DocumentCountMin + 4, hits.Count);
        Assert.All(hits, hit => Assert.Empty(hit.Recurring));
    }

    [Fact]
    public async Task What_was_deleted_no_longer_recurs()
    {
        var documents = Documents(RecurringBlocks.DocumentCountMin);
        await _site.CommitAsync(documents);
        await using (var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop))
        {
            await writer.CommitAsync(new CatalogChange { Removed = [documents[0].Id] }, Stop);
        }

        Assert.All(await SearchAsync("question"), hit => Assert.Empty(hit.Recurring));
    }

    private static PreparedDocument[] Documents(int count) =>
        [.. Enumerable.Range(0, count).Select(number => Document(number, Footer))];

    // Enough words of its own that no document is nearly another.
    private static PreparedDocument Document(int number, string footer) => TestDocuments.Prepare(
        $"{number}",
        string.Join(' ', Enumerable.Range(0, 40).Select(word => $"mot{number}x{word}")) + $"\n{footer}");

    private async Task<IReadOnlyList<PassageHit>> SearchAsync(string query, Asker? asker = null) =>
        (await _site.Retriever.SearchAsync(
            new SearchRequest { Query = query, Asker = asker ?? TestSite.Everyone, Explains = true, Count = 20 },
            Stop)).Hits;
}
