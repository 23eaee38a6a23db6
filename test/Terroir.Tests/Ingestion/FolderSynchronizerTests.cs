using Terroir.Access;

namespace Terroir.Tests.Ingestion;

public sealed class FolderSynchronizerTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_document_is_found_when_its_sync_returns()
    {
        _site.Source.Write("a.md", "# Parking\n\nLe parking coûte douze euros.");

        var report = await _site.SyncAsync();

        Assert.Equal(1, report.AddedCount);
        Assert.Single(await _site.SearchAsync("parking"));
    }

    [Fact]
    public async Task A_deleted_file_stops_answering_at_the_next_query()
    {
        var path = _site.Source.Write("a.md", "Le parking coûte douze euros.");
        _site.Source.Write("b.md", "La cantine ouvre à midi.");
        await _site.SyncAsync();
        File.Delete(path);

        Assert.Equal(1, (await _site.SyncAsync()).RemovedCount);
        Assert.Empty(await _site.SearchAsync("parking"));
    }

    [Fact]
    public async Task A_second_scan_of_the_same_files_changes_nothing()
    {
        _site.Source.Write("a.md", "Le parking coûte douze euros.");
        var first = await _site.SyncAsync();

        var second = await _site.SyncAsync();

        Assert.Equal(first.Generation, second.Generation);
        Assert.Equal(1, second.UnchangedCount);
    }

    [Fact]
    public async Task A_moved_file_is_one_document_at_its_new_path()
    {
        var path = _site.Source.Write("a.md", "Le parking coûte douze euros.");
        await _site.SyncAsync();
        File.Move(path, Path.Combine(_site.Source.Path, "b.md"));

        Assert.Equal(1, (await _site.SyncAsync()).MovedCount);
        Assert.Equal("b.md", Assert.Single(await _site.SearchAsync("parking")).Document.Path);
    }

    [Fact]
    public async Task A_revoked_permission_hides_a_document_without_reading_it_again()
    {
        _site.Source.Write("a.md", "Le parking coûte douze euros.");
        await _site.SyncAsync();
        _site.Source.Write("permissions.yaml", "allow: ['group:direction']");

        var report = await _site.SyncAsync();

        Assert.Equal((1, 0), (report.StampedCount, report.ChangedCount));
        Assert.Empty(await _site.SearchAsync("parking"));
        Assert.Single(await _site.SearchAsync("parking", new Asker("c", ["direction"])));
    }

    [Fact]
    public async Task A_broken_file_is_in_quarantine_until_it_is_mended()
    {
        _site.Source.Write("a.docx", "PK\u0003\u0004 this is no archive");
        var report = await _site.SyncAsync();
        var quarantine = await _site.Metastore.Sources.ListQuarantineAsync(TestContext.Current.CancellationToken);
        _site.Source.Write("a.docx", "mended, and plain text");
        await _site.SyncAsync();

        Assert.Equal(1, report.QuarantinedCount);
        Assert.Equal("a.docx", Assert.Single(quarantine).Key.Path);
        Assert.Empty(await _site.Metastore.Sources.ListQuarantineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_broken_permission_file_opens_nothing()
    {
        _site.Source.Write("sub/permissions.yaml", "allow: [everyone");
        _site.Source.Write("sub/a.md", "Le parking coûte douze euros.");

        await _site.SyncAsync();

        Assert.Empty(await _site.SearchAsync("parking"));
    }
}
