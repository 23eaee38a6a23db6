using Microsoft.Extensions.Time.Testing;
using Terroir.Answers;
using Terroir.Kinship;

namespace Terroir.Tests.Answers;

/// <summary>A document that says it replaces another answers instead of it; one that does not hold yet, or no longer,
/// leaves the answer to the version that holds.</summary>
public sealed class ReplacedDocumentsTests : IAsyncLifetime
{
    private const string Question = "Quel est le délai de déclaration d'une chute ?";

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write(
            "permissions.yaml",
            "allow: [everyone]\nfiles:\n  'secret.md': { inherit: false, allow: ['group:d'] }");
        _site.Source.Write(
            "chutes.md",
            "# Note de service n° 2019-12\n\nLe délai de déclaration d'une chute est de 48 heures.\n");
        await _site.AddSourceAsync();
        await _site.SyncAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_document_that_replaces_answers_and_the_replaced_one_is_told()
    {
        await AddAsync("declaration.md");

        var answer = await AskAsync();

        Assert.Equal("Le délai de déclaration d'une chute est de 24 heures. [1]", answer.Text.Split(" [2]")[0]);
        Assert.Equal("declaration.md", answer.Citations[0].Path);
        Assert.Contains(
            answer.Notices,
            notice => notice.StartsWith("Une version plus ancienne", StringComparison.Ordinal));
        var hits = await _site.SearchAsync("délai déclaration chute");
        Assert.Contains(
            hits.First(hit => hit.Document.Path is "declaration.md").Duplicates,
            kin => kin.Document.Path is "chutes.md" && kin.Relation == KinRelation.Older);
    }

    [Fact]
    public async Task One_that_the_asker_may_not_read_replaces_nothing_for_them()
    {
        var before = await AskAsync();
        await AddAsync("secret.md");

        var after = await AskAsync();

        Assert.Equal(before.Text, after.Text);
        Assert.Equal(before.Notices, after.Notices);
        Assert.Contains("48 heures", after.Text, StringComparison.Ordinal);
        Assert.Empty((await _site.SearchAsync("délai déclaration chute"))[0].Duplicates);
    }

    [Theory]
    [InlineData("2026-02-28", "48 heures", 0)]
    [InlineData("2026-03-01", "24 heures", 1)]
    public async Task It_answers_from_the_day_on_which_it_holds(string day, string expected, int olderCount)
    {
        await AddAsync("declaration.md", "Applicable à compter du 1er mars 2026\n\n");
        _site.Clock = new FakeTimeProvider(DateTimeOffset.Parse(
            $"{day}T12:00:00Z",
            System.Globalization.CultureInfo.InvariantCulture));

        var answer = await AskAsync();

        Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
        Assert.Equal(
            olderCount,
            answer.Notices.Count(notice => notice.Contains("version plus ancienne", StringComparison.Ordinal)));
        Assert.DoesNotContain(answer.Notices, notice => notice.Contains("version ancienne", StringComparison.Ordinal));
    }

    private async Task AddAsync(string name, string validity = "")
    {
        _site.Source.Write(
            name,
            $"# Déclaration des chutes\n\n{validity}La présente note annule et remplace la note n° 2019-12.\n\n"
            + "Le délai de déclaration d'une chute est de 24 heures.\n");
        await _site.SyncAsync();
    }

    private Task<Answer> AskAsync() =>
        _site.Answerer.AskAsync(new AskRequest { Question = Question, Asker = TestSite.Everyone }, Stop);
}
