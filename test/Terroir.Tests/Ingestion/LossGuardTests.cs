using Terroir.Ingestion;

namespace Terroir.Tests.Ingestion;

public sealed class LossGuardTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_source_that_lost_many_files_stops_and_asks()
    {
        var files = await FillAsync(10);
        Array.ForEach(files[..3], File.Delete);

        var held = await _site.SyncAsync();
        var kept = await _site.SearchAsync("parking");
        var accepted = await _site.SyncAsync(new SyncOptions { AcceptLoss = true });

        Assert.NotNull(held.HeldReason);
        Assert.Equal(10, kept.Count);
        Assert.Equal(3, accepted.RemovedCount);
    }

    [Fact]
    public async Task A_fifth_may_go_without_a_question()
    {
        var files = await FillAsync(10);
        Array.ForEach(files[..2], File.Delete);

        Assert.Equal(2, (await _site.SyncAsync()).RemovedCount);
    }

    [Fact]
    public async Task A_small_source_that_returns_nothing_stops_too()
    {
        var files = await FillAsync(1);
        File.Delete(files[0]);

        var held = await _site.SyncAsync();

        Assert.NotNull(held.HeldReason);
        Assert.Single(await _site.SearchAsync("parking"));
    }

    [Fact]
    public async Task An_empty_folder_that_never_held_a_file_is_no_loss() =>
        Assert.Null((await _site.SyncAsync()).HeldReason);

    [Fact]
    public async Task After_a_rebuild_the_documents_count()
    {
        var files = await FillAsync(10);
        await _site.RebuildAsync();
        Array.ForEach(files[..5], File.Delete);

        var held = await _site.SyncAsync();

        Assert.StartsWith("5 of 10 files", held.HeldReason, StringComparison.Ordinal);
        Assert.Equal(10, (await _site.SearchAsync("parking")).Count);
    }

    [Fact]
    public async Task A_folder_that_is_renamed_is_no_loss()
    {
        for (var number = 0; number < 10; number++)
        {
            _site.Source.Write($"avant/{number}.md", $"Le parking {number}.");
        }

        await _site.SyncAsync();
        Directory.Move(Path.Combine(_site.Source.Path, "avant"), Path.Combine(_site.Source.Path, "après"));

        var report = await _site.SyncAsync();

        Assert.Equal((null, 10, 0), (report.HeldReason, report.MovedCount, report.RemovedCount));
        Assert.All(
            await _site.SearchAsync("parking"),
            hit => Assert.StartsWith("après/", hit.Document.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_source_whose_files_come_back_goes_on_by_itself()
    {
        await FillAsync(3);
        var (folder, other) = (_site.Source.Path, _site.Source.Path + "-elsewhere");
        Directory.Move(folder, other);
        Directory.CreateDirectory(folder);
        var held = await _site.SyncAsync();
        Directory.Delete(folder);
        Directory.Move(other, folder);

        var report = await _site.SyncAsync();

        Assert.NotNull(held.HeldReason);
        Assert.Equal((null, 3), (report.HeldReason, report.UnchangedCount));
    }

    [Fact]
    public async Task A_folder_that_is_absent_deletes_nothing()
    {
        await FillAsync(3);
        var (folder, other) = (_site.Source.Path, _site.Source.Path + "-elsewhere");
        Directory.Move(folder, other);

        await Assert.ThrowsAsync<SourceUnavailableException>(() =>
            _site.SyncAsync(new SyncOptions { AcceptLoss = true }));

        Directory.Move(other, folder);
        Assert.Equal(3, (await _site.SearchAsync("parking")).Count);
    }

    [Fact]
    public async Task A_revocation_holds_while_the_source_is_stopped()
    {
        var files = await FillAsync(10);
        Array.ForEach(files[..5], File.Delete);
        _site.Source.Write("permissions.yaml", "allow: [everyone]\nfiles: { \"9.md\": { deny: [everyone] } }");

        var held = await _site.SyncAsync();

        Assert.Equal((true, 1), (held.HeldReason is not null, held.StampedCount));
        Assert.Equal(9, (await _site.SearchAsync("parking")).Count);
    }

    private async Task<string[]> FillAsync(int count)
    {
        var files = Enumerable.Range(0, count)
            .Select(number => _site.Source.Write($"{number}.md", $"Le parking {number}."))
            .ToArray();
        await _site.SyncAsync();
        return files;
    }
}
