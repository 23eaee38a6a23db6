using Terroir.Catalog;
using Terroir.Retrieval;

namespace Terroir.Tests.Retrieval;

public sealed class HitChoiceTests : IAsyncDisposable
{
    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData(1, "a b c a a a")]
    [InlineData(2, "a a b c a a")]
    [InlineData(6, "a a a a a a")]
    public async Task No_document_has_more_hits_than_asked_for_while_others_are_found(int perDocument, string expected)
    {
        await WriteAsync();

        var hits = await SearchAsync(6, perDocument);

        Assert.Equal(
            expected.Split(' ').Order(StringComparer.Ordinal),
            hits.Select(hit => hit.Document.Path).Order(StringComparer.Ordinal));
        Assert.Equal(hits.OrderByDescending(hit => hit.Score), hits);
    }

    [Fact]
    public async Task Where_one_document_alone_is_found_all_its_passages_are_hits()
    {
        await WriteAsync();

        Assert.Equal(8, (await SearchAsync(10, 2, "parking badge")).Count(hit => hit.Document.Path is "a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task A_number_of_hits_of_a_document_that_is_out_of_range_is_refused(int perDocument) =>
        await Assert.ThrowsAsync<ArgumentException>(() => SearchAsync(6, perDocument));

    private async Task<IReadOnlyList<PassageHit>> SearchAsync(int count, int perDocument, string query = "parking") =>
        (await _site.Retriever.SearchAsync(
            new SearchRequest
            {
                Query = query,
                Asker = TestSite.Everyone,
                Count = count,
                PerDocument = perDocument,
            },
            Stop)).Hits;

    private async Task WriteAsync()
    {
        await _site.Catalog.CreateCollectionAsync(TestSite.Collection, Stop);
        await using var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        await writer.CommitAsync(
            new CatalogChange
            {
                Added =
                [
                    TestDocuments.Prepare("a", string.Join('\n', Enumerable.Repeat("parking badge parking", 8))),
                    TestDocuments.Prepare("b", "parking des visiteurs et du personnel de nuit"),
                    TestDocuments.Prepare("c", "tarif du parking pour les familles et les proches"),
                ],
            },
            Stop);
    }
}
