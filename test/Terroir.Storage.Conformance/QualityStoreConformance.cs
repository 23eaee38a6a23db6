namespace Terroir.Storage.Conformance;

/// <summary>What every <see cref="IQualityStore"/> promises.</summary>
public abstract class QualityStoreConformance : MetastoreConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private IQualityStore Quality => Store.Quality;

    [Fact]
    public async Task A_release_is_read_back()
    {
        await Quality.SaveReleaseAsync(Release("partage", "a"), Token);

        Assert.Equal([Release("partage", "a")], await Quality.ListReleasesAsync("partage", Token));
    }

    [Fact]
    public async Task A_second_release_of_a_content_changes_nothing()
    {
        await Quality.SaveReleaseAsync(Release("partage", "a"), Token);

        await Quality.SaveReleaseAsync(
            Release("partage", "a") with { Path = "copie.pdf", ReleasedAt = Noon.AddDays(1) },
            Token);

        Assert.Equal([Release("partage", "a")], await Quality.ListReleasesAsync("partage", Token));
    }

    [Fact]
    public async Task Releases_are_listed_by_source_in_the_order_of_their_content()
    {
        foreach (var (source, content) in new[] { ("partage", "a"), ("partage", "b"), ("partage", "c"), ("rh", "a") })
        {
            await Quality.SaveReleaseAsync(Release(source, content), Token);
        }

        var releases = await Quality.ListReleasesAsync("partage", Token);
        var listed = releases.Select(release => release.Content.Hex).ToArray();

        Assert.Equal(3, listed.Length);
        Assert.Equal(listed.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task A_release_that_is_taken_back_is_gone()
    {
        await Quality.SaveReleaseAsync(Release("partage", "a"), Token);

        Assert.False(await Quality.RemoveReleaseAsync("rh", StoreSamples.Hash("a"), Token));
        Assert.True(await Quality.RemoveReleaseAsync("partage", StoreSamples.Hash("a"), Token));
        Assert.False(await Quality.RemoveReleaseAsync("partage", StoreSamples.Hash("a"), Token));

        Assert.Empty(await Quality.ListReleasesAsync("partage", Token));
    }

    [Fact]
    public async Task A_removed_source_takes_its_releases_along()
    {
        await Quality.SaveReleaseAsync(Release("partage", "a"), Token);
        await Quality.SaveReleaseAsync(Release("rh", "a"), Token);

        await Store.Sources.RemoveSourceAsync("partage", Token);

        Assert.Empty(await Quality.ListReleasesAsync("partage", Token));
        Assert.Single(await Quality.ListReleasesAsync("rh", Token));
    }

    [Fact]
    public async Task The_last_account_of_a_source_is_read_back_until_the_source_is_removed()
    {
        var account = new SourceAccount("partage", Noon, FoundCount: 12, IgnoredCount: 3);
        await Quality.SaveAccountAsync(account with { FoundCount = 5 }, Token);
        await Quality.SaveAccountAsync(account, Token);

        Assert.Equal(account, await Quality.FindAccountAsync("partage", Token));
        Assert.Null(await Quality.FindAccountAsync("rh", Token));

        await Store.Sources.RemoveSourceAsync("partage", Token);

        Assert.Null(await Quality.FindAccountAsync("partage", Token));
    }

    [Fact]
    public async Task Figures_are_read_back_oldest_first()
    {
        await Quality.SaveFiguresAsync([Figures(Noon)], Token);
        await Quality.SaveFiguresAsync([Figures(Noon.AddDays(-1))], Token);

        var read = await Quality.ListFiguresAsync(StoreSamples.Chu, Token);

        Assert.Equal([Noon.AddDays(-1), Noon], read.Select(figures => figures.At));
        Assert.Equal([1, 2, 3, 4, 5, 6], read[0].Counts);
        Assert.Equal([4, 1.0 / 3, 0, 2.5, 1e-9, 3], read[0].Points);
        Assert.Equal((7, 8), (read[0].HeldCount, read[0].UnreadCount));
    }

    [Fact]
    public async Task A_day_has_one_row_the_last()
    {
        var midnight = new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero);
        await Quality.SaveFiguresAsync([Figures(midnight.AddMilliseconds(-1))], Token);
        await Quality.SaveFiguresAsync([Figures(midnight)], Token);
        await Quality.SaveFiguresAsync([Figures(Noon)], Token);

        Assert.Equal(
            [midnight.AddMilliseconds(-1), Noon],
            (await Quality.ListFiguresAsync(StoreSamples.Chu, Token)).Select(figures => figures.At));
    }

    [Fact]
    public async Task Only_the_newest_days_are_kept_for_each_collection()
    {
        await Quality.SaveFiguresAsync([Figures(Noon) with { Collection = new CollectionId("rh") }], Token);
        await Quality.SaveFiguresAsync(
            [.. Enumerable.Range(0, IQualityStore.DayCountMax + 1).Select(day => Figures(Noon.AddDays(day)))],
            Token);

        var read = await Quality.ListFiguresAsync(StoreSamples.Chu, Token);

        Assert.Equal(IQualityStore.DayCountMax, read.Count);
        Assert.Equal(Noon.AddDays(1), read[0].At);
        Assert.Single(await Quality.ListFiguresAsync(new CollectionId("rh"), Token));
    }

    private static QualityRelease Release(string source, string content) =>
        new(source, StoreSamples.Hash(content), $"{content}.pdf", Noon);

    private static QualityFigures Figures(DateTimeOffset at) =>
        new(StoreSamples.Chu, at, [1, 2, 3, 4, 5, 6], [4, 1.0 / 3, 0, 2.5, 1e-9, 3], HeldCount: 7, UnreadCount: 8);
}
