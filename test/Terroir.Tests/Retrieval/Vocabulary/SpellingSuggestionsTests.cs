using Terroir.Access;
using Terroir.Retrieval;

namespace Terroir.Tests.Retrieval.Vocabulary;

public sealed class SpellingSuggestionsTests : IAsyncDisposable
{
    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("parkng", "parking")]
    [InlineData("parkign", "parking")]
    [InlineData("hospitalisatoin", "hospitalisation")]
    [InlineData("durée d'hospitalizasion", "durée d'hospitalisation")]
    [InlineData("Parkng \"visteurs\"", "Parking \"visiteurs\"")]
    [InlineData("systme", "système")]
    public async Task A_word_that_no_document_holds_is_mended(string query, string expected)
    {
        await _site.CommitAsync(TestDocuments.Prepare(
            "a",
            "Le parking des visiteurs est gratuit pendant une hospitalisation. Durée : voir le système."));

        Assert.Equal(expected, await SuggestAsync(query));
    }

    [Theory]
    [InlineData("parking")]
    [InlineData("PARKINGS")]
    [InlineData("prk")]
    [InlineData("zarking")]
    [InlineData("parkng2")]
    [InlineData("éléphant")]
    public async Task Other_words_are_left_alone(string query)
    {
        await _site.CommitAsync(TestDocuments.Prepare("a", "Le parking est gratuit."));

        Assert.Null(await SuggestAsync(query));
    }

    [Fact]
    public async Task The_nearest_word_wins_then_the_most_frequent()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "garde"),
            TestDocuments.Prepare("b", "gardes"),
            TestDocuments.Prepare("c", "carde carte"),
            TestDocuments.Prepare("d", "gerbe"));

        Assert.Equal("garde", await SuggestAsync("gerde"));
    }

    [Fact]
    public async Task A_word_of_documents_that_the_asker_may_not_read_is_not_suggested()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "Plan de restructuration", new AccessList(["group:direction"], [])),
            TestDocuments.Prepare("b", "Le parking"));

        Assert.Null(await SuggestAsync("restructuraton"));
        Assert.Equal(
            "restructuration",
            await SuggestAsync("restructuraton", new Asker("claire", ["direction"])));
    }

    [Fact]
    public async Task A_long_query_with_hits_gets_none()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "parking tarif"),
            TestDocuments.Prepare("b", "parking sang"),
            TestDocuments.Prepare("c", "parking garde"));

        Assert.Null(await SuggestAsync("parking tarif sang garde parkng"));
        Assert.Equal("tarif parking", await SuggestAsync("tarif parkng"));
    }

    private async Task<string?> SuggestAsync(string query, Asker? asker = null)
    {
        var request = new SearchRequest { Query = query, Asker = asker ?? TestSite.Everyone, HasSyntax = true };
        return (await _site.Retriever.SearchAsync(request, Stop)).Suggestion;
    }
}
