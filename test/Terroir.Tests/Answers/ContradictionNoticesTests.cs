using Terroir.Answers;

namespace Terroir.Tests.Answers;

/// <summary>What an answer tells of documents that say something else, from real files.</summary>
public sealed class ContradictionNoticesTests : IAsyncLifetime
{
    private const string Question = "Quel est le délai de réponse aux réclamations ?";

    private readonly TestSite _site = new();

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Another_document_with_another_figure_is_named_and_cited()
    {
        var (cited, other) = await AskTwoAsync("guide.md", "Guide des réclamations", "note.md", "Note réclamations");

        var notice = Assert.Single(cited.Notices);
        Assert.Equal(
            $"Un autre document dit autre chose : « {other.Quote[^9..^1]} » au lieu de "
            + $"« {cited.Citations[0].Quote[^9..^1]} », dans « {other.Title} » [2].",
            notice);
        Assert.NotEqual(cited.Citations[0].Document, other.Document);
    }

    [Fact]
    public async Task In_english_it_is_told_in_english()
    {
        _site.Source.Write("a.md", "# Complaints guide\n\nThe time to answer complaints is 15 days.\n");
        _site.Source.Write("b.md", "# Complaints note\n\nThe time to answer complaints is 30 days.\n");
        await _site.SyncAsync();

        var answer = await AskAsync("What is the time to answer complaints?");

        Assert.StartsWith(
            "Another document says something else: “",
            Assert.Single(answer.Notices),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_version_is_no_contradiction_and_its_figure_is_told()
    {
        var (answer, other) = await AskTwoAsync("note-v1.md", "Réclamations", "note-v2.md", "Réclamations");

        Assert.Contains("30 jours", answer.Text, StringComparison.Ordinal);
        Assert.Equal(
            "Une version plus ancienne, « Réclamations », disait « 15 jours » au lieu de « 30 jours » [2].",
            Assert.Single(answer.Notices));
        Assert.Equal("note-v1.md", other.Path);
    }

    [Fact]
    public async Task A_document_that_may_not_be_read_contradicts_nothing()
    {
        _site.Source.Write("secret/permissions.yaml", "deny: [everyone]");
        Write("guide.md", "Guide des réclamations", 15);
        Write("secret/note.md", "Note réclamations", 30);
        await _site.SyncAsync();

        var answer = await AskAsync(Question);

        Assert.Empty(answer.Notices);
        Assert.Single(answer.Citations);
    }

    [Fact]
    public async Task A_form_for_somebody_else_contradicts_nothing()
    {
        _site.Source.Write("a.md", "# Réclamations\n\nLe délai de réponse aux réclamations de Paul est de 15 jours.");
        _site.Source.Write("b.md", "# Réclamations\n\nLe délai de réponse aux réclamations de Anne est de 30 jours.");
        await _site.SyncAsync();

        Assert.Empty((await AskAsync("Quel est le délai de réponse aux réclamations de Paul ?")).Notices);
    }

    private async Task<(Answer Answer, Citation Other)> AskTwoAsync(
        string one,
        string title,
        string other,
        string otherTitle)
    {
        Write(one, title, 15);
        Write(other, otherTitle, 30);
        await _site.SyncAsync();
        var answer = await AskAsync(Question);
        return (answer, answer.Citations[1]);
    }

    private void Write(string path, string title, int days) =>
        _site.Source.Write(path, $"# {title}\n\nLe délai de réponse aux réclamations est de {days} jours.\n");

    private Task<Answer> AskAsync(string question) => _site.Answerer.AskAsync(
        new AskRequest { Question = question, Asker = TestSite.Everyone },
        TestContext.Current.CancellationToken);
}
