using Terroir.Retrieval;
using Terroir.Retrieval.Queries;

namespace Terroir.Tests.Retrieval.Queries;

public sealed class QueryConditionsTests : IAsyncDisposable
{
    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_phrase_is_found_where_its_words_stand_in_a_row()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "Le mot de passe expire."),
            TestDocuments.Prepare("b", "Un mot, puis la phrase de passe."),
            TestDocuments.Prepare("c", "Passe le mot."));

        Assert.Equal("a", await PathsAsync("\"mot de passe\""));
        Assert.Equal("a", await PathsAsync("\"Mot-de-Passé\""));
        Assert.Equal("a b c", await PathsAsync("mot de passe"));
        Assert.Equal("a b c", await PathsAsync("\"mot de passe"));
        Assert.Equal("", await PathsAsync("\"passe expire demain\""));
    }

    [Fact]
    public async Task Of_a_document_the_passages_with_the_phrase_are_shown()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "passe passe mot mot mot\nLe mot de passe expire ici.\nmot passe"));

        var hit = Assert.Single(await SearchAsync("\"mot de passe\""));

        Assert.Equal("Le mot de passe expire ici.", hit.Text);
    }

    [Fact]
    public async Task A_phrase_may_stand_in_the_title()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "Rien ici.", title: "Mot de passe"),
            TestDocuments.Prepare("b", "Rien ici, pas un mot de plus.", title: "Passe"));

        Assert.Equal("a", await PathsAsync("\"mot de passe\""));
    }

    [Fact]
    public async Task Words_of_a_title_are_looked_for_in_titles_only()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "Payant.", title: "Le parking visiteurs"),
            TestDocuments.Prepare("b", "Le parking est payant.", title: "Accès"));

        Assert.Equal("a", await PathsAsync("title:parking"));
        Assert.Equal("a", await PathsAsync("payant titre:\"parking visiteurs\""));
        Assert.Equal("", await PathsAsync("payant titre:\"visiteurs parking\""));
        Assert.Equal("a b", await PathsAsync("parking"));
    }

    [Fact]
    public async Task An_excluded_word_takes_away_the_documents_that_hold_it_in_any_form()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "Le parking est gratuit."),
            TestDocuments.Prepare("b", "Le parking.\nDes places gratuites."));
        await _site.CommitAsync(TestDocuments.Prepare("c", "Le parking."));

        Assert.Equal("c", await PathsAsync("parking -gratuit"));
        Assert.Equal("a b c", await PathsAsync("parking - gratuit"));
    }

    [Fact]
    public async Task Fields_filter_by_type_label_and_day()
    {
        var day = new DateTimeOffset(2024, 5, 1, 23, 0, 0, TimeSpan.Zero);
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "parking") with { Label = "interne", ModifiedAt = day },
            TestDocuments.Prepare("b", "parking tarif") with
            {
                MediaType = "application/pdf",
                ModifiedAt = day.AddDays(1),
            });

        Assert.Equal("a", await PathsAsync("parking label:INTERNE"));
        Assert.Equal("b", await PathsAsync("parking type:pdf"));
        Assert.Equal("b", await PathsAsync("parking after:2024-05-02"));
        Assert.Equal("a", await PathsAsync("parking avant:2/5/2024"));
        Assert.Equal("", await PathsAsync("parking label:interne type:pdf"));
    }

    [Fact]
    public async Task A_filter_of_the_query_and_one_of_the_request_must_both_fit()
    {
        await _site.CommitAsync(TestDocuments.Prepare("a", "parking") with { Label = "interne" });

        var result = await _site.Retriever.SearchAsync(
            Request("parking label:interne") with { Labels = ["public"] },
            Stop);

        Assert.Empty(result.Hits);
    }

    [Fact]
    public async Task Conditions_change_no_score_of_what_is_left()
    {
        await _site.CommitAsync(
            TestDocuments.Prepare("a", "Le mot de passe."),
            TestDocuments.Prepare("b", "Le mot passe et le tarif."));
        var plain = (await SearchAsync("mot de passe")).Single(hit => hit.Document.Path is "a");

        Assert.Equal(plain.Score, Assert.Single(await SearchAsync("\"mot de passe\"")).Score);
        Assert.Equal(plain.Score, Assert.Single(await SearchAsync("mot de passe -tarif")).Score);
    }

    [Fact]
    public async Task Without_syntax_signs_are_words()
    {
        await _site.CommitAsync(TestDocuments.Prepare("a", "Passe le mot."));

        var result = await _site.Retriever.SearchAsync(
            Request("\"mot de passe\" -mot") with { HasSyntax = false },
            Stop);

        Assert.Single(result.Hits);
    }

    [Fact]
    public async Task A_phrase_is_looked_for_in_as_many_documents_as_is_said()
    {
        await _site.CommitAsync([.. Enumerable.Range(0, QueryConditions.PhraseDocumentCountMax + 5).Select(number =>
            TestDocuments.Prepare($"{number}", $"mot mot passe passe {number}"))]);
        var longer = string.Join(' ', Enumerable.Repeat("x", 900));
        await _site.CommitAsync(TestDocuments.Prepare("long", $"Le mot passe {longer}"));

        Assert.Empty(await SearchAsync("\"le mot passe\""));
    }

    private static SearchRequest Request(string query) =>
        new() { Query = query, Asker = TestSite.Everyone, HasSyntax = true };

    private async Task<IReadOnlyList<PassageHit>> SearchAsync(string query) =>
        (await _site.Retriever.SearchAsync(Request(query), Stop)).Hits;

    private async Task<string> PathsAsync(string query) => string.Join(
        ' ',
        (await SearchAsync(query)).Select(hit => hit.Document.Path)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal));
}
