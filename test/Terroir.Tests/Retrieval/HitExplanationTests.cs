using CsCheck;
using Terroir.Retrieval;

namespace Terroir.Tests.Retrieval;

public sealed class HitExplanationTests : IAsyncDisposable
{
    private static readonly string[] Words = ["parking", "tarif", "sang", "garde", "repas", "\n"];

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_parts_are_the_score_and_the_terms_are_the_parts()
    {
        var text = Gen.Int[0, 5].Select(pick => Words[pick]).Array[1, 30].Select(words => string.Join(' ', words));
        var number = 0;
        await text.Array[1, 6].SampleAsync(
            async texts =>
            {
                await _site.CommitAsync(
                    [.. texts.Select(item => TestDocuments.Prepare($"{number++}", item, title: "tarif"))]);
                foreach (var perDocument in new[] { true, false })
                {
                    var hits = await SearchAsync("parking parking tarif sang", perDocument);
                    Assert.All(hits, hit => AssertAddsUp(hit, perDocument));
                }
            },
            iter: 10,
            threads: 1);
    }

    [Fact]
    public async Task It_tells_where_a_term_stands_and_how_rare_it_is()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "parking parking\nautre parking", title: "Parking"),
            TestDocuments.Prepare("b", "parking gratuit"),
            TestDocuments.Prepare("c", "rien", AccessList.Nobody));

        var hit = (await SearchAsync("parking", onePerDocument: true)).Single(hit => hit.Document.Path is "a");

        var term = Assert.Single(hit.Explanation!.Terms, term => term.Term is "fr:parking");
        Assert.Equal((2, 3, 1, 2), (term.DocumentCount, (int)term.Count, term.ContextCount, term.PassageCount));
        Assert.Equal("query", term.Origin);
        Assert.Equal(2, hit.Explanation.DocumentCount);
    }

    [Fact]
    public async Task What_a_newer_copy_owes_to_the_one_that_fits_better_is_a_part()
    {
        var text = string.Join(' ', Enumerable.Range(0, 80).Select(at => $"mot{at}"));
        await _site.CommitAsync(
            TestDocuments.Prepare("a", $"{text} parking parking") with { ModifiedAt = DateTimeOffset.UnixEpoch },
            TestDocuments.Prepare("b", $"{text} parking parking suite") with
            {
                ModifiedAt = DateTimeOffset.UnixEpoch.AddDays(1),
            });

        var hit = Assert.Single(await SearchAsync("parking", onePerDocument: true));

        Assert.Equal("b", hit.Document.Path);
        Assert.Contains(hit.Explanation!.Parts, part => part.Name is "group" && part.Value > 0);
        Assert.Equal(hit.Score, hit.Explanation.Parts.Sum(part => part.Value), precision: 12);
    }

    [Fact]
    public async Task Nothing_is_explained_unasked()
    {
        await _site.CommitAsync(TestDocuments.Prepare("a", "parking"));

        Assert.Null(Assert.Single(await _site.SearchAsync("parking")).Explanation);
    }

    private static void AssertAddsUp(PassageHit hit, bool onePerDocument)
    {
        var explanation = hit.Explanation!;
        Assert.Equal(hit.Score, explanation.Parts.Sum(part => part.Value), precision: 12);
        Assert.Equal(
            explanation.Parts.Single(part => part.Name is "document").Value,
            explanation.Terms.Sum(term => term.Document),
            precision: 12);
        Assert.Equal(
            onePerDocument ? null : explanation.Terms.Sum(term => term.Passage),
            explanation.Parts.SingleOrDefault(part => part.Name is "passage")?.Value,
            (expected, actual) => expected is null ? actual is null : Math.Abs(expected.Value - actual!.Value) < 1e-12);
    }

    private async Task<IReadOnlyList<PassageHit>> SearchAsync(string query, bool onePerDocument)
    {
        var request = new SearchRequest
        {
            Query = query,
            Asker = TestSite.Everyone,
            OnePerDocument = onePerDocument,
            Explains = true,
        };
        return (await _site.Retriever.SearchAsync(request, Stop)).Hits;
    }
}
