using Terroir.Ingestion;

namespace Terroir.Tests.Ingestion;

public sealed class ConcurrentSyncTests : IAsyncLifetime
{
    private readonly TestSite _site = new();
    private readonly TestFolder _other = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _other.Dispose();
    }

    [Fact]
    public async Task A_source_that_is_paused_meanwhile_stops_after_the_batch_and_goes_on_where_it_was()
    {
        Fill(_site.Source, 600);
        var pausing = new Told(() => SetPaused(DateTimeOffset.UnixEpoch));

        var paused = await _site.SyncAsync(progress: pausing);
        var kept = (await _site.DocumentsAsync()).Count;
        SetPaused(null);
        var rest = await _site.SyncAsync();

        Assert.Contains("paused", paused.HeldReason, StringComparison.Ordinal);
        Assert.Equal(256, kept);
        Assert.Equal((256, 344), (rest.UnchangedCount, rest.AddedCount));
    }

    [Fact]
    public async Task Sources_of_one_collection_are_read_at_once_and_none_loses_a_document()
    {
        Fill(_site.Source, 300);
        Fill(_other, 300);
        _other.Write("permissions.yaml", "allow: [everyone]");
        var first = (await _site.Metastore.Sources.ListSourcesAsync(Stop))[0];
        await _site.Metastore.Sources.SaveSourceAsync(first with { Id = "other", Location = _other.Path }, Stop);
        var synchronizer = _site.CreateSynchronizer();

        var reports = await Task.WhenAll(
            SyncAsync(synchronizer, "source"),
            SyncAsync(synchronizer, "other"));

        Assert.All(reports, report => Assert.Equal(300, report.AddedCount));
        Assert.Equal(600, (await _site.DocumentsAsync()).Count);
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task A_source_is_synchronised_once_at_a_time()
    {
        Fill(_site.Source, 10);
        var synchronizer = _site.CreateSynchronizer();
        Exception? refusal = null;
        var again = new Told(() => refusal = Record.Exception(() =>
        {
#pragma warning disable VSTHRD002 // The progress of a synchronisation is told synchronously.
            SyncAsync(synchronizer, "source").GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }));

        var report = await synchronizer.SyncAsync("source", new SyncOptions(), again, Stop);

        Assert.IsType<LeaseHeldException>(refusal);
        Assert.Equal(10, report.AddedCount);
    }

    private static Task<SyncReport> SyncAsync(ISynchronizer synchronizer, string source) =>
        Task.Run(() => synchronizer.SyncAsync(source, new SyncOptions(), progress: null, Stop), Stop);

    private static void Fill(TestFolder folder, int count)
    {
        for (var number = 0; number < count; number++)
        {
            folder.Write($"{number:0000}.md", $"Le parking {number}.");
        }
    }

#pragma warning disable VSTHRD002 // The progress of a synchronisation is told synchronously.
    private void SetPaused(DateTimeOffset? at)
    {
        var source = _site.Metastore.Sources.ListSourcesAsync(Stop).GetAwaiter().GetResult()[0];
        _site.Metastore.Sources.SaveSourceAsync(source with { PausedAt = at }, Stop).GetAwaiter().GetResult();
    }
#pragma warning restore VSTHRD002

    private sealed class Told(Action tell) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => tell();
    }
}
