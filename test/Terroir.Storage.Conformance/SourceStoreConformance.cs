using Terroir.Documents;

namespace Terroir.Storage.Conformance;

/// <summary>What every <see cref="ISourceStore"/> promises.</summary>
public abstract class SourceStoreConformance : MetastoreConformance
{
    private static readonly Unreadable Broken = new(
        UnreadableReason.Broken,
        "pdf",
        new Remark(RemarkCode.FileDamaged, "a [b|c] {0} \"é\""),
        Remark.Said("Wait."));

    private static readonly SourceRecord Source = new()
    {
        Id = "partage",
        Collection = StoreSamples.Chu,
        Kind = "folder",
        Location = "/srv/partage",
        Permissions = "file",
    };

    private ISourceStore Sources => Store.Sources;

    [Fact]
    public async Task A_source_is_read_back()
    {
        await SaveAsync(Source);

        Assert.Equal([Source], await Sources.ListSourcesAsync(Token));
    }

    [Fact]
    public async Task Saving_again_replaces()
    {
        await SaveAsync(Source);
        var changed = Source with { HeldReason = "deux cents fichiers ont disparu", SyncedAt = Time.GetUtcNow() };

        await SaveAsync(changed);

        Assert.Equal([changed], await Sources.ListSourcesAsync(Token));
    }

    [Fact]
    public async Task Settings_cursor_pause_and_failure_are_read_back()
    {
        var source = Source with
        {
            Kind = "s3",
            Settings = new Dictionary<string, string> { ["bucket"] = "é \"x\"", ["access-key"] = "env:CLÉ" },
            BandwidthBytesPerSecond = 1L << 40,
            Cursor = "jeton\n7",
            ListedAt = Time.GetUtcNow(),
            PausedAt = Time.GetUtcNow().AddDays(-1),
            Failure = new SourceFailure(3, Time.GetUtcNow().AddHours(1), "Le serveur ne répond pas."),
        };

        await SaveAsync(source);

        var read = Assert.Single(await Sources.ListSourcesAsync(Token));
        Assert.Equal(source, read);
        Assert.Equal(["access-key", "bucket"], read.Settings!.Keys);
    }

    [Fact]
    public async Task What_a_moved_item_keeps_is_read_back()
    {
        await Sources.SaveItemsAsync([StoreSamples.Item("a.txt") with { Identity = "étiquette" }], Token);

        Assert.Equal("étiquette", Assert.Single(await Sources.ListItemsAsync("partage", Token)).Identity);
    }

    [Fact]
    public async Task Sources_are_listed_by_name()
    {
        foreach (var id in new[] { "b", "a-2", "a" })
        {
            await SaveAsync(Source with { Id = id });
        }

        Assert.Equal(["a", "a-2", "b"], (await Sources.ListSourcesAsync(Token)).Select(source => source.Id));
    }

    [Fact]
    public async Task A_removed_source_takes_its_items_along()
    {
        await SaveAsync(Source);
        await Sources.SaveItemsAsync([StoreSamples.Item("a.txt"), StoreSamples.Item("a.txt", "autre")], Token);

        Assert.True(await Sources.RemoveSourceAsync("partage", Token));

        Assert.Empty(await Sources.ListSourcesAsync(Token));
        Assert.Empty(await Sources.ListItemsAsync("partage", Token));
        Assert.Single(await Sources.ListItemsAsync("autre", Token));
        Assert.False(await Sources.RemoveSourceAsync("partage", Token));
    }

    [Fact]
    public async Task An_item_is_read_back()
    {
        var item = StoreSamples.Item("rh/congés.docx");

        await Sources.SaveItemsAsync([item], Token);

        AssertSame(item, Assert.Single(await Sources.ListItemsAsync("partage", Token)));
    }

    [Theory]
    [InlineData(UnreadableReason.UnknownFormat)]
    [InlineData(UnreadableReason.Broken)]
    [InlineData(UnreadableReason.Unstable)]
    public async Task A_quarantined_item_is_read_back(UnreadableReason reason)
    {
        var item = StoreSamples.Item("a.pdf") with
        {
            Content = default,
            Documents = [],
            Quarantine = Broken with { Reason = reason },
            AttemptCount = 3,
        };

        await Sources.SaveItemsAsync([item], Token);

        AssertSame(item, Assert.Single(await Sources.ListQuarantineAsync(Token)));
    }

    [Fact]
    public async Task An_item_leaves_quarantine_when_it_is_saved_without()
    {
        await Sources.SaveItemsAsync([StoreSamples.Item("a.pdf") with { Quarantine = Broken }], Token);

        await Sources.SaveItemsAsync([StoreSamples.Item("a.pdf")], Token);

        Assert.Empty(await Sources.ListQuarantineAsync(Token));
        Assert.Null(Assert.Single(await Sources.ListItemsAsync("partage", Token)).Quarantine);
    }

    [Fact]
    public async Task Items_are_listed_by_path_in_ordinal_order()
    {
        // U+1F600 sorts before U+FF21 by UTF-16 units and after it by code points.
        string[] paths = ["b.txt", "a/z.txt", "B.txt", "é.txt", "a.txt", "\U0001F600.txt", "\uFF21.txt"];
        await Sources.SaveItemsAsync([.. paths.Select(path => StoreSamples.Item(path))], Token);

        var listed = (await Sources.ListItemsAsync("partage", Token)).Select(item => item.Key.Path);

        Assert.Equal(paths.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task Quarantine_is_listed_by_source_and_path()
    {
        SourceItem[] items = [StoreSamples.Item("a", "b"), StoreSamples.Item("z", "a"), StoreSamples.Item("y", "a")];
        await Sources.SaveItemsAsync([.. items.Select(item => item with { Quarantine = Broken })], Token);

        var listed = (await Sources.ListQuarantineAsync(Token)).Select(item => (item.Key.Source, item.Key.Path));

        Assert.Equal([("a", "y"), ("a", "z"), ("b", "a")], listed);
    }

    [Fact]
    public async Task One_item_is_found_with_those_inside_it()
    {
        string[] paths =
            ["a.zip", "a.zip!/é/b.txt", "a.zip!/\U0001F600", "a.zip!", "a.zip!0", "a.zip2", "a", "a.zip/b"];
        await Sources.SaveItemsAsync([.. paths.Select(path => StoreSamples.Item(path))], Token);
        await Sources.SaveItemsAsync([StoreSamples.Item("a.zip", "autre")], Token);

        var found = await Sources.FindItemsAsync(new SourceItemKey("partage", "a.zip"), Token);

        Assert.Equal(paths[..3].Order(StringComparer.Ordinal), found.Select(item => item.Key.Path));
        Assert.All(found, item => Assert.Equal("partage", item.Key.Source));
        Assert.Empty(await Sources.FindItemsAsync(new SourceItemKey("partage", "b.zip"), Token));
    }

    [Fact]
    public async Task Removed_items_are_forgotten()
    {
        await Sources.SaveItemsAsync([StoreSamples.Item("a.txt"), StoreSamples.Item("b.txt")], Token);

        await Sources.RemoveItemsAsync(
            [new SourceItemKey("partage", "a.txt"), new SourceItemKey("partage", "c.txt")],
            Token);

        Assert.Equal("b.txt", Assert.Single(await Sources.ListItemsAsync("partage", Token)).Key.Path);
    }

    [Fact]
    public async Task Items_come_and_go_with_a_generation()
    {
        await Sources.SaveItemsAsync([StoreSamples.Item("old.txt")], Token);
        var script = await CollectionScript.OpenAsync(Store, StoreSamples.Chu, Token);

        await script.PublishAsync(
            script.Draft with
            {
                Items = [StoreSamples.Item("new.txt")],
                RemovedItems = [new SourceItemKey("partage", "old.txt")],
            },
            Token);

        Assert.Equal("new.txt", Assert.Single(await Sources.ListItemsAsync("partage", Token)).Key.Path);
    }

    [Fact]
    public async Task Items_of_a_refused_generation_do_not_come()
    {
        var script = await CollectionScript.OpenAsync(Store, StoreSamples.Chu, Token);

        var outcome = await Store.Catalog.PublishAsync(
            script.Draft with { ExpectedGeneration = 5, Items = [StoreSamples.Item("new.txt")] },
            Token);

        Assert.Equal(PublishOutcome.Superseded, outcome);
        Assert.Empty(await Sources.ListItemsAsync("partage", Token));
    }

    // A record that holds a list is not equal to its copy.
    private static void AssertSame(SourceItem expected, SourceItem actual)
    {
        Assert.Equal(expected.Documents, actual.Documents);
        Assert.Equal(expected with { Documents = [] }, actual with { Documents = [] });
    }

    private async Task SaveAsync(SourceRecord source)
    {
        await Store.Catalog.CreateCollectionAsync(source.Collection, Token);
        await Sources.SaveSourceAsync(source, Token);
    }
}
