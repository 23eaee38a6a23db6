using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Folder;
using Terroir.Ingestion.Permissions;
using Terroir.Ingestion.Sync;
using Terroir.Storage;

namespace Terroir.Tests.Ingestion;

public sealed class BatchedReadingTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        await _site.AddSourceAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Progress_tells_what_is_durable()
    {
        Fill(600);
        var counts = new List<(int Told, int Live)>();

        var report = await _site.SyncAsync(progress: new Told(step => counts.Add((step.DocumentCount, CountLive()))));

        Assert.Equal([256, 512, 600], counts.Select(count => count.Told));
        Assert.All(counts, count => Assert.True(count.Live >= count.Told));
        Assert.Equal((600, 600), (report.AddedCount, report.FileCount));
    }

    [Fact]
    public async Task What_was_committed_before_a_stop_stays_and_is_not_read_again()
    {
        Fill(600);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _site.SyncAsync(progress: new Told(_ => stop.Cancel()), stop: stop.Token));
        var kept = await _site.DocumentsAsync();
        var reader = new CountingReader();
        _site.Reader = reader;

        var report = await _site.SyncAsync();

        Assert.InRange(kept.Count, 256, 599);
        Assert.Equal(600, (await _site.DocumentsAsync()).Count);
        Assert.Equal((kept.Count, 600 - kept.Count), (report.UnchangedCount, reader.Names.Count));
        Assert.Empty(reader.Names.Intersect(kept.Select(document => document.Path), StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_committed_before_a_crash_stays_and_is_not_read_again()
    {
        Fill(600);
        _site.Reader = new CountingReader
        {
            BeforeReadAsync = name => name is "0550.md" ? throw new NotSupportedException() : Task.CompletedTask,
        };
        await Assert.ThrowsAsync<NotSupportedException>(() => _site.SyncAsync());
        await _site.ReopenAsync();
        var kept = await _site.DocumentsAsync();
        var reader = new CountingReader();
        _site.Reader = reader;

        await _site.SyncAsync();

        Assert.Equal(512, kept.Count);
        Assert.Equal(88, reader.Names.Count);
        Assert.Equal(600, (await _site.DocumentsAsync()).Count);
    }

    [Fact]
    public async Task Files_are_read_while_a_batch_is_committed()
    {
        Fill(BatchedReading.BatchCountMax + 1);
        var (isLastRead, isCommitting) = (new TaskCompletionSource(), new TaskCompletionSource());
        var reader = new CountingReader
        {
            BeforeReadAsync = async name =>
            {
                if (name is "0256.md")
                {
                    await isCommitting.Task.WaitAsync(TimeSpan.FromMinutes(1), Stop);
                    isLastRead.SetResult();
                }
            },
        };

        await using var inner = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        var writer = new WaitingWriter(inner, async () =>
        {
            isCommitting.TrySetResult();
            await isLastRead.Task.WaitAsync(TimeSpan.FromMinutes(1), Stop);
        });
        await RunAsync(writer, reader);

        Assert.Equal(BatchedReading.BatchCountMax + 1, CountLive());
    }

    [Fact]
    public async Task The_bytes_in_flight_are_bounded_however_many_files_are_large()
    {
        for (var number = 0; number < 40; number++)
        {
            using var file = File.Create(Path.Combine(_site.Source.Path, $"{number:00}.bin"));
            file.SetLength(5 << 20);
        }

        await using var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        var reading = await RunAsync(writer, new OneLineReader());

        Assert.Equal(40, CountLive());
        Assert.InRange(reading.InFlightPeakBytes, 5 << 20, BatchedReading.InFlightSizeMaxBytes + (1 << 20));
    }

    [Fact]
    public async Task A_file_larger_than_the_bound_is_read_alone()
    {
        _site.Source.Write("a.md", "Le parking.");
        using (var file = File.Create(Path.Combine(_site.Source.Path, "b.bin")))
        {
            file.SetLength(BatchedReading.InFlightSizeMaxBytes + 1);
        }

        _site.Source.Write("c.md", "Le parking.");
        _site.Reader = new OneLineReader();

        Assert.Equal(3, (await _site.SyncAsync()).AddedCount);
    }

    private async Task<BatchedReading> RunAsync(ICollectionWriter writer, IDocumentReader reader)
    {
        var source = (await _site.Metastore.Sources.ListSourcesAsync(Stop))[0];
        using var tree = SourceTree.Open(source, new PermissionFiles());
        var plan = SyncPlan.Make(
            source,
            FolderScan.Run(source, tree, Stop),
            new SyncState([], []),
            new SyncOptions(),
            TestSite.OpenGate,
            DateTimeOffset.UnixEpoch);
        var moved = new MovedDocuments(_site.Catalog, source);
        var reading = new BatchedReading(
            writer,
            plan,
            new FileReading(
                source,
                new FolderReading(source, tree),
                reader,
                moved,
                TestSite.OpenGate,
                ReadLimits.Default),
            TimeProvider.System,
            progress: null);
        await reading.RunAsync(Stop);
        return reading;
    }

    private void Fill(int count)
    {
        for (var number = 0; number < count; number++)
        {
            _site.Source.Write($"{number:0000}.md", $"Le parking {number}.");
        }
    }

#pragma warning disable VSTHRD002 // The progress of a synchronisation is told synchronously.
    private int CountLive() => _site.DocumentsAsync().GetAwaiter().GetResult().Count;
#pragma warning restore VSTHRD002

    private sealed class Told(Action<SyncProgress> tell) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => tell(value);
    }

    private sealed class WaitingWriter(ICollectionWriter inner, Func<Task> beforeCommitAsync) : ICollectionWriter
    {
        public CollectionHead Head => inner.Head;

        public async Task<CollectionHead> CommitAsync(CatalogChange change, CancellationToken cancellationToken)
        {
            await beforeCommitAsync();
            return await inner.CommitAsync(change, cancellationToken);
        }

        public Task<bool> MergeAsync(CancellationToken cancellationToken) => inner.MergeAsync(cancellationToken);

        public Task<bool> RepackAsync(CancellationToken cancellationToken) => inner.RepackAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
