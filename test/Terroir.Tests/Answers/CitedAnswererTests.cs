using System.Text;
using Terroir.Access;
using Terroir.Answers;

namespace Terroir.Tests.Answers;

public sealed class CitedAnswererTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml",
            "allow: [everyone]\nfiles:\n  'secret.md': { inherit: false, allow: ['group:d'] }");
        _site.Source.Write("a.md", "# Stationnement\n\nL’abonnement mensuel coûte 12 €. La navette passe à 7 h.");
        _site.Source.Write("secret.md", "# Projet Mistral\n\nLe projet Mistral coûte 41 millions d'euros.");
        await _site.AddSourceAsync();
        await _site.SyncAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_quote_is_exactly_its_bytes_of_the_canonical_text()
    {
        var answer = await AskAsync("Combien coûte l'abonnement mensuel ?", TestSite.Everyone);

        var citation = Assert.Single(answer.Citations);
        var version = await _site.Catalog.FindDocumentAsync(citation.Collection, citation.Document, Stop);
        var text = await _site.Catalog.ReadBlobAsync(version!.Text, Stop);
        Assert.Equal(citation.Quote, Encoding.UTF8.GetString(text.Span[citation.Start..citation.End]));
        Assert.Contains("12 €", citation.Quote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_asker_may_not_read_is_refused_like_what_is_not_there()
    {
        var hidden = await AskAsync("Combien coûte le projet Mistral ?", TestSite.Everyone);
        var absent = await AskAsync("Combien coûte le projet Sirocco ?", TestSite.Everyone);
        var shown = await AskAsync("Combien coûte le projet Mistral ?", new Asker("c", ["d"]));

        Assert.True(hidden.IsRefused);
        Assert.Equal(absent.Text, hidden.Text);
        Assert.Contains("41 millions", shown.Text, StringComparison.Ordinal);
    }

    private Task<Answer> AskAsync(string question, Asker asker) =>
        _site.Answerer.AskAsync(new AskRequest { Question = question, Asker = asker }, Stop);
}
