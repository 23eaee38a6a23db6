using Terroir.Access;
using Terroir.Catalog;
using Terroir.Retrieval;
using Terroir.Retrieval.Vocabulary;

namespace Terroir.Tests.Retrieval.Vocabulary;

public sealed class AcronymExpansionTests : IAsyncDisposable
{
    private static readonly AccessList Staff = new(["group:staff"], []);

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_acronym_finds_what_it_stands_for_and_the_other_way()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "Le centre hospitalier universitaire (CHU) ouvre."),
            TestDocuments.Prepare("b", "Les centres hospitaliers universitaires recrutent."),
            TestDocuments.Prepare("c", "Le CHU recrute."),
            TestDocuments.Prepare("d", "Le parking est payant."));

        Assert.Equal("a b c", await PathsAsync("chu"));
        Assert.Equal("a b c", await PathsAsync("Recruter au centre hospitalier universitaire"));
        Assert.Equal("d", await PathsAsync("parking"));
    }

    [Fact]
    public async Task What_the_query_says_itself_weighs_more()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "Le centre hospitalier universitaire (CHU) ouvre en mai."),
            TestDocuments.Prepare("b", "Le centre hospitalier universitaire recrute partout."),
            TestDocuments.Prepare("c", "Ici le CHU recrute souvent."));

        var hits = await SearchAsync("chu");

        Assert.Equal("a c b", string.Join(' ', hits.Select(hit => hit.Document.Path)));
        Assert.All(
            hits.Single(hit => hit.Document.Path is "b").Explanation!.Terms,
            term => Assert.Equal(AcronymExpansion.Origin, term.Origin));
    }

    [Fact]
    public async Task An_explanation_that_not_everybody_may_read_teaches_nothing_even_to_those_who_may()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "Le projet sud ouest (PSO) est confirmé.", Staff),
            TestDocuments.Prepare("b", "Le projet sud ouest avance."));

        Assert.Equal("a", await PathsAsync("pso", new Asker("claire", ["staff"])));
    }

    [Fact]
    public async Task An_explanation_that_is_deleted_is_forgotten()
    {
        var document = TestDocuments.Prepare("a", "Le centre hospitalier universitaire (CHU) ouvre.");
        await _site.CommitAsync(document, TestDocuments.Prepare("b", "Un centre hospitalier universitaire."));
        Assert.Equal("a b", await PathsAsync("chu"));

        await using (var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop))
        {
            await writer.CommitAsync(new CatalogChange { Removed = [document.Id] }, Stop);
        }

        Assert.Equal("", await PathsAsync("chu"));
    }

    [Fact]
    public async Task Of_many_meanings_those_that_most_documents_give_are_taken()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "assistante sociale (AS)"),
            TestDocuments.Prepare("b", "aide soignante (AS)"),
            TestDocuments.Prepare("c", "aides soignantes (AS)"),
            TestDocuments.Prepare("d", "aide soignante (AS) de nuit"),
            TestDocuments.Prepare("e", "adjoint sanitaire (AS)"),
            TestDocuments.Prepare("f", "sociale"),
            TestDocuments.Prepare("g", "soignante"));

        var paths = await PathsAsync("AS");

        Assert.Contains("g", paths, StringComparison.Ordinal);
        Assert.DoesNotContain("f g", paths, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<PassageHit>> SearchAsync(string query, Asker? asker = null)
    {
        var request = new SearchRequest { Query = query, Asker = asker ?? TestSite.Everyone, Explains = true };
        return (await _site.Retriever.SearchAsync(request, Stop)).Hits;
    }

    private async Task<string> PathsAsync(string query, Asker? asker = null) => string.Join(
        ' ',
        (await SearchAsync(query, asker)).Select(hit => hit.Document.Path)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal));
}
