using Terroir.Answers;

namespace Terroir.Tests.Answers;

public sealed class CitationCheckTests : IAsyncLifetime
{
    private const string Text = "Le badge provisoire se retire au poste de sécurité.";

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        _site.Source.Write("badges.md", $"# Badges\n\n{Text}\n");
        await _site.AddSourceAsync();
        await _site.SyncAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_span_of_a_readable_document_is_cited_with_its_bytes()
    {
        var citation = await CheckAsync(await FindAsync());

        Assert.NotNull(citation);
        Assert.Equal(Text, citation.Quote);
    }

    [Fact]
    public async Task A_document_that_was_revoked_after_the_search_is_not_cited()
    {
        var support = await FindAsync();
        _site.Source.Write("permissions.yaml", "allow: ['group:direction']");
        await _site.SyncAsync();

        Assert.Null(await CheckAsync(support));
    }

    [Fact]
    public async Task A_document_that_was_changed_after_the_search_is_not_cited()
    {
        var support = await FindAsync();
        _site.Source.Write("badges.md", "# Badges\n\nLe badge provisoire se retire à l'accueil principal du site.\n");
        await _site.SyncAsync();

        Assert.Null(await CheckAsync(support));
    }

    [Fact]
    public async Task A_span_that_is_not_what_is_stored_is_not_cited()
    {
        var support = await FindAsync();
        var text = support.Hit.Text.Replace("poste", "porte", StringComparison.Ordinal);
        var forged = support with { Hit = support.Hit with { Text = text } };

        Assert.Null(await CheckAsync(forged));
    }

    private async Task<Support> FindAsync()
    {
        var hit = (await _site.SearchAsync("badge provisoire"))[0];
        var start = hit.Text.IndexOf(Text, StringComparison.Ordinal);
        return new Support(hit, start, start + Text.Length, Coverage: 1, Score: 1);
    }

    private Task<Citation?> CheckAsync(Support support) =>
        new CitationCheck(_site.Catalog).CheckAsync(support, 1, TestSite.Everyone, Stop);
}
