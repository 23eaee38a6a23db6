using Terroir.Catalog;
using Terroir.Kinship;
using Terroir.Retrieval;

namespace Terroir.Tests.Retrieval;

/// <summary>Copies among the hits: one answers, and the others are listed with it.</summary>
public sealed class DuplicateHitsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string Text = string.Join(' ', Enumerable.Range(0, 60).Select(number =>
        $"Le parking {number} ouvre à {number % 7} heures."));

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _site.Catalog.CreateCollectionAsync(TestSite.Collection, Stop);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_newest_of_near_copies_answers_and_lists_the_others()
    {
        await AddAsync(
            Make("ancien.md", Text, 0),
            Make("neuf.md", $"{Text} Merci.", 2),
            Make("copie.md", $"{Text}  MERCI.", 1));

        var hit = Assert.Single(await SearchAsync("parking"));

        Assert.Equal("neuf.md", hit.Document.Path);
        Assert.Equal(
            [("copie.md", KinRelation.Same), ("ancien.md", KinRelation.Near)],
            hit.Duplicates.Select(kin => (kin.Document.Path, kin.Relation)));
    }

    [Fact]
    public async Task A_copy_that_may_not_be_read_is_not_listed_and_does_not_answer()
    {
        await AddAsync(
            Make("ouvert.md", Text, 0),
            Make("secret.md", $"{Text} Merci.", 2) with { Access = AccessList.Nobody });

        var hit = Assert.Single(await SearchAsync("parking"));

        Assert.Equal("ouvert.md", hit.Document.Path);
        Assert.Empty(hit.Duplicates);
    }

    [Fact]
    public async Task As_many_groups_come_as_hits_were_asked_for()
    {
        await AddAsync(
        [
            .. Enumerable.Range(0, 90).Select(number => Make($"copie-{number}.md", $"{Text} Copie {number}.", number)),
            Make("autre.md", "Le parking des visiteurs est gratuit.", 0),
            Make("plan.md", "Un plan du parking est affiché à l'accueil.", 0),
        ]);

        var hits = await SearchAsync("parking", count: 3);

        Assert.Equal(
            "autre.md copie-89.md plan.md",
            string.Join(' ', hits.Select(hit => hit.Document.Path).Order(StringComparer.Ordinal)));
        Assert.Equal(KinGroup.ListedCountMax, hits.Max(hit => hit.Duplicates.Count));
    }

    [Theory]
    [InlineData(1, "ancien.md")]
    [InlineData(10, "neuf.md")]
    [InlineData(40, "ancien.md")]
    public async Task Of_copies_one_that_holds_on_the_day_answers(int day, string expected)
    {
        var first = new DateOnly(2026, 3, 1);
        await AddAsync(
            Make("ancien.md", Text, 0),
            Make("neuf.md", $"{Text} Merci.", 2) with { ValidFrom = first.AddDays(5), ValidUntil = first.AddDays(20) });

        var result = await _site.Retriever.SearchAsync(
            new SearchRequest { Query = "parking", Asker = TestSite.Everyone, Today = first.AddDays(day) },
            Stop);

        Assert.Equal(expected, Assert.Single(result.Hits).Document.Path);
    }

    // Forms are alike but for what they are about.
    [Fact]
    public async Task A_newer_form_does_not_answer_for_the_one_whose_number_is_asked_for()
    {
        await AddAsync(
            Make("f1.md", $"{Text} Dossier 48213.", 0),
            Make("f2.md", $"{Text} Dossier 48977.", 5));

        var hit = Assert.Single(await SearchAsync("parking dossier 48213"));

        Assert.Equal("f1.md", hit.Document.Path);
        Assert.Equal("f2.md", Assert.Single(hit.Duplicates).Document.Path);
    }

    [Fact]
    public async Task The_version_in_the_name_decides_before_the_date()
    {
        await AddAsync(
            Make("parking-v3.md", $"{Text} Merci.", 0),
            Make("parking-v2.md", Text, 9));

        var hit = Assert.Single(await SearchAsync("parking"));

        Assert.Equal("parking-v3.md", hit.Document.Path);
        Assert.Equal(KinRelation.Older, Assert.Single(hit.Duplicates).Relation);
    }

    [Fact]
    public async Task Versions_that_are_less_alike_have_hits_of_their_own_and_name_each_other()
    {
        await AddAsync(
            Make("acces-v1.md", "Le parking ouvre à six heures.", 0),
            Make("acces-v2.md", "Depuis mars le badge ouvre la barrière du parking jour et nuit.", 1));

        var hits = await SearchAsync("parking");

        Assert.Equal(2, hits.Count);
        Assert.All(hits, hit => Assert.Equal(
            hit.Document.Path is "acces-v1.md"
                ? ("acces-v2.md", KinRelation.Newer)
                : ("acces-v1.md", KinRelation.Older),
            (Assert.Single(hit.Duplicates).Document.Path, hit.Duplicates[0].Relation)));
    }

    [Fact]
    public async Task Where_the_newest_copy_is_damaged_another_answers()
    {
        await AddAsync(Make("ancien.md", Text, 0));
        await AddAsync(Make("neuf.md", $"{Text} Merci.", 2));
        var newest = (await _site.DocumentsAsync()).Single(document => document.Path is "neuf.md");
        File.Delete(Directory.EnumerateFiles(_site.Data.Path, "*", SearchOption.AllDirectories)
            .Single(path => path.EndsWith(newest.Text.Container.Hex, StringComparison.Ordinal)));

        var result = await _site.Retriever.SearchAsync(
            new SearchRequest { Query = "parking", Asker = TestSite.Everyone, Count = 3, LeavesOutDamaged = true },
            Stop);

        Assert.Equal("ancien.md", Assert.Single(result.Hits).Document.Path);
        Assert.Equal(newest.Id, Assert.Single(result.Damaged).Document);
    }

    private static PreparedDocument Make(string name, string text, int day) =>
        TestDocuments.Prepare(name, text, title: name) with { ModifiedAt = Day.AddDays(day) };

    private async Task AddAsync(params PreparedDocument[] documents)
    {
        await using var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        await writer.CommitAsync(new CatalogChange { Added = documents }, Stop);
    }

    private async Task<IReadOnlyList<PassageHit>> SearchAsync(string query, int count = 10) =>
        (await _site.Retriever.SearchAsync(
            new SearchRequest { Query = query, Asker = TestSite.Everyone, Count = count, OnePerDocument = true },
            Stop)).Hits;
}
