using System.Runtime.Versioning;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Folder;
using Terroir.Ingestion.Permissions;
using Terroir.Ingestion.Sync;
using Terroir.Sources;

namespace Terroir.Tests.Ingestion;

[SupportedOSPlatform("linux")]
public sealed class FileReadingTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("documents", 1)]
    [InlineData("others", 0)]
    public async Task A_collection_keeps_the_menus_of_its_web_pages_if_it_is_told_to(string collection, int count)
    {
        _site.ReadingRules = new ReadingRules(new HashSet<CollectionId> { new(collection) });
        _site.Source.Write(
            "a.html",
            "<html><body><nav><a href='/x'>Annuaire interne</a></nav><main><p>Le parking ouvre tôt.</p></main></body>");

        await _site.SyncAsync();

        Assert.Single(await _site.SearchAsync("parking"));
        Assert.Equal(count, (await _site.SearchAsync("annuaire")).Count);
    }

    [Theory]
    [InlineData("\u200B\u200B\u2060")]
    [InlineData("\uFEFF\u00AD\u200E")]
    public async Task A_file_with_only_invisible_characters_is_in_quarantine(string text)
    {
        _site.Source.Write("a.txt", text);

        Assert.Equal(1, (await _site.SyncAsync()).QuarantinedCount);
        Assert.Equal(UnreadableReason.Empty, Assert.Single(await _site.QuarantineAsync()).Quarantine!.Reason);
        Assert.Empty(await _site.DocumentsAsync());
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_read_waits_and_its_former_text_stays()
    {
        var path = _site.Source.Write("a.md", "Le parking coûte douze euros.");
        await _site.SyncAsync();
        _site.Source.Write("a.md", "Le parking coûte treize euros.");
        var before = await _site.Metastore.Sources.ListItemsAsync("source", Stop);

        var result = await ReadAsync("a.md", new Meddling(() => File.AppendAllText(path, " Et demi.")));
        var item = Assert.Single(result.Items("source", before, DateTimeOffset.UnixEpoch));

        Assert.Equal(UnreadableReason.Unstable, item.Quarantine!.Reason);
        Assert.Equal(("", before[0].Documents), (item.Fingerprint, item.Documents));
        await _site.Metastore.Sources.SaveItemsAsync([item], Stop);
        Assert.Single(await _site.SearchAsync("douze"));

        var report = await _site.SyncAsync();

        Assert.Equal((1, 0), (report.ChangedCount, report.QuarantinedCount));
        Assert.Single(await _site.SearchAsync("demi"));
        Assert.Empty(await _site.QuarantineAsync());
    }

    [Fact]
    public async Task A_file_that_grows_smaller_while_it_is_read_waits()
    {
        var path = _site.Source.Write("a.md", "Le parking coûte treize euros.");

        var result = await ReadAsync("a.md", new Meddling(() => File.WriteAllText(path, "Le")));

        Assert.True(result.IsPostponed);
    }

    [Fact]
    public async Task A_file_that_is_replaced_while_it_is_read_is_read_as_it_was_opened()
    {
        var path = _site.Source.Write("a.md", "Le parking coûte treize euros.");
        var other = _site.Source.Write(".a.md", "Autre chose.");

        var result = await ReadAsync("a.md", new Meddling(() => File.Move(other, path, overwrite: true)));

        // The old file lost its name while it was read, which is a change too.
        Assert.True(result.IsPostponed || result.Documents.Count == 1);
        Assert.DoesNotContain(result.Documents, document => document.Text.Span.IndexOf("Autre"u8) >= 0);
    }

    [Fact]
    public async Task A_file_that_is_gone_when_it_should_be_opened_changes_nothing()
    {
        var path = _site.Source.Write("a.md", "Le parking coûte treize euros.");
        _site.Source.Write("b.md", "La cantine.");
        _site.Reader = new CountingReader { BeforeReadAsync = _ => { File.Delete(path); return Task.CompletedTask; } };
        await _site.SyncAsync();

        var result = await ReadAsync("a.md", new PermissionFiles());

        Assert.True(result.IsGone);
        Assert.Empty(result.Items("source", [], DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task A_file_above_the_limit_is_refused_before_it_is_loaded()
    {
        using (var file = File.Create(Path.Combine(_site.Source.Path, "disque.bin")))
        {
            file.SetLength(1L << 30);
        }

        var reader = new CountingReader();
        _site.Reader = reader;

        var report = await _site.SyncAsync();
        var item = Assert.Single(await _site.QuarantineAsync());

        Assert.Equal((1, UnreadableReason.TooLarge), (report.QuarantinedCount, item.Quarantine!.Reason));
        Assert.Empty(reader.Names);
        Assert.True(item.Content.IsNone);
    }

    [Fact]
    public async Task An_archive_that_was_read_in_part_says_so_and_answers()
    {
        Archive.Write(
            Path.Combine(_site.Source.Path, "a.zip"),
            ("un.txt", "Le parking un."),
            ("../deux.txt", "Le parking deux."));

        var report = await _site.SyncAsync();
        var item = Assert.Single(await _site.QuarantineAsync());

        Assert.Equal((1, 1), (report.AddedCount, report.QuarantinedCount));
        Assert.Equal("a.zip", item.Key.Path);
        Assert.Equal(
            [new Remark(RemarkCode.PartWasRead), new Remark(RemarkCode.EntriesLeadOut, "1")],
            item.Quarantine!.Advice);
        Assert.Equal("a.zip!/un.txt", Assert.Single(await _site.SearchAsync("parking")).Document.Path);
        Assert.Equal(1, (await _site.SyncAsync()).UnchangedCount);
        Assert.Single(await _site.SearchAsync("parking"));
    }

    [Fact]
    public async Task Attempts_are_counted_until_the_file_changes()
    {
        _site.Source.Write("a.docx", "PK\u0003\u0004 this is no archive");
        await _site.SyncAsync();
        await _site.SyncAsync();
        await _site.SyncAsync(new SyncOptions { RetryQuarantined = true });
        var tried = Assert.Single(await _site.QuarantineAsync()).AttemptCount;
        _site.Source.Write("a.docx", "PK\u0003\u0004 this is no archive either");
        await _site.SyncAsync();

        Assert.Equal((2, 1), (tried, Assert.Single(await _site.QuarantineAsync()).AttemptCount));
    }

    private async Task<FileResult> ReadAsync(string path, IPermissionReader permissions)
    {
        var source = (await _site.Metastore.Sources.ListSourcesAsync(Stop))[0];
        using var tree = SourceTree.Open(source, permissions);
        var item = new ListedItem { Path = path, Fingerprint = "", Readers = ItemReaders.Closed };
        var moved = new MovedDocuments(_site.Catalog, source);
        var content = new FolderReading(source, tree);
        return await new FileReading(source, content, _site.Reader, moved, TestSite.OpenGate, ReadLimits.Default)
            .ReadAsync(item, former: null, recognizes: true, Stop);
    }

    /// <summary>Does something to the file after it was opened and before it is read.</summary>
    private sealed class Meddling(Action meddle) : IPermissionReader, IFolderPermission
    {
        public IReadOnlyList<PermissionFault> Faults => [];

        public IFolderPermission Enter(IFolderPermission? above, FolderHandle folder, string path) => this;

        public ItemReaders Of(FolderHandle folder, byte[] name, FileStatus status, string path)
        {
            meddle();
            return new ItemReaders(new AccessList(["everyone"], []), "");
        }

        public IFolderPermission Below(FolderHandle folder, byte[] name, FileStatus status, string path) => this;

        public AccessList Narrow(AccessList access) => access;
    }
}
