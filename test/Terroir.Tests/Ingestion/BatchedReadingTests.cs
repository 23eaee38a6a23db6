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
    public async Task A_file_that_takes_long_keeps_no_other_one_waiting()
    {
        Fill(BatchedReading.BatchCountMax * 2);
        var isCommitted = new TaskCompletionSource();
        var reader = new CountingReader
        {
            BeforeReadAsync = name =>
                name is "0000.md" ? isCommitted.Task.WaitAsync(TimeSpan.FromMinutes(1), Stop) : Task.CompletedTask,
        };

        await using var inner = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        var committed = new List<int>();
        var writer = new WaitingWriter(inner, () => Task.CompletedTask, change =>
        {
            committed.Add(change.Added.Count);
            isCommitted.TrySetResult();
        });
        await RunAsync(writer, reader);

        Assert.Equal(BatchedReading.BatchCountMax, committed[0]);
        Assert.Equal(BatchedReading.BatchCountMax * 2, CountLive());
    }

    [Fact]
    public async Task Files_that_were_read_wait_for_a_time_only_for_others_to_be_committed_with()
    {
        Fill(5);
        var isCommitted = new TaskCompletionSource();
        var reader = new CountingReader
        {
            BeforeReadAsync = name =>
                name is "0003.md" ? isCommitted.Task.WaitAsync(TimeSpan.FromMinutes(1), Stop) : Task.CompletedTask,
        };

        await using var inner = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        var writer = new WaitingWriter(inner, () => Task.CompletedTask, _ => isCommitted.TrySetResult());
        var time = new HurriedTime();
        await RunAsync(writer, reader, time: time);

        Assert.Equal(5, CountLive());
        Assert.All(time.Waits, wait => Assert.Equal(BatchedReading.BatchWaitMax, wait));
    }

    [Fact]
    public async Task Files_with_scans_have_a_lane_of_their_own_and_keep_no_other_one_waiting()
    {
        for (var number = 0; number < 50; number++)
        {
            _site.Source.Write($"{number:0000}.md", $"SCAN {number}");
        }

        for (var number = 50; number < 350; number++)
        {
            _site.Source.Write($"{number:0000}.md", $"Le parking {number}.");
        }

        var isCommitted = new TaskCompletionSource();
        var recognizer = new WaitingRecognizer(isCommitted.Task.WaitAsync(TimeSpan.FromMinutes(1), Stop));
        await using var inner = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        var first = new List<string>();
        var writer = new WaitingWriter(inner, () => Task.CompletedTask, change =>
        {
            if (isCommitted.TrySetResult())
            {
                first.AddRange(change.Added.Select(document => document.Path));
            }
        });
        await RunAsync(writer, new CountingReader(), recognizer);

        Assert.Equal(BatchedReading.BatchCountMax, first.Count);
        Assert.All(first, path => Assert.True(string.CompareOrdinal(path, "0050") > 0));
        Assert.Equal(350, CountLive());
        Assert.Equal(50, recognizer.Count);
        Assert.InRange(recognizer.AtOncePeak, 1, Environment.ProcessorCount);
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

    private async Task<BatchedReading> RunAsync(
        ICollectionWriter writer,
        IDocumentReader reader,
        IDocumentRecognizer? recognizer = null,
        TimeProvider? time = null)
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
                ReadLimits.Default,
                recognizer),
            new SyncRounds(),
            time ?? TimeProvider.System,
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
    private IReadOnlyList<DocumentVersion> Live() => _site.DocumentsAsync().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    private int CountLive() => Live().Count;

    private sealed class Told(Action<SyncProgress> tell) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => tell(value);
    }

    private sealed class WaitingWriter(
        ICollectionWriter inner,
        Func<Task> beforeCommitAsync,
        Action<CatalogChange>? afterCommit = null) : ICollectionWriter
    {
        public CollectionHead Head => inner.Head;

        public async Task<CollectionHead> CommitAsync(CatalogChange change, CancellationToken cancellationToken)
        {
            await beforeCommitAsync();
            var head = await inner.CommitAsync(change, cancellationToken);
            afterCommit?.Invoke(change);
            return head;
        }

        public Task<bool> MergeAsync(CancellationToken cancellationToken) => inner.MergeAsync(cancellationToken);

        public Task<bool> ReplaceVectorsAsync(VectorChange change, CancellationToken cancellationToken) =>
            inner.ReplaceVectorsAsync(change, cancellationToken);

        public Task<PurgeReport> PurgeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<RepairReport> RepairAsync(bool isDryRun, CancellationToken cancellationToken) =>
            inner.RepairAsync(isDryRun, cancellationToken);

        public Task<bool> RepackAsync(CancellationToken cancellationToken) => inner.RepackAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    /// <summary>Takes texts that begin with a word for scans, and recognises them only when it is told to.</summary>
    private sealed class WaitingRecognizer(Task isAllowed) : IDocumentRecognizer
    {
        private readonly Lock _lock = new();
        private int _atOnce;

        public int Count { get; private set; }

        public int AtOncePeak { get; private set; }

        public bool IsNeeded(ReadOutcome outcome) => outcome is Extracted
        {
            Document.Blocks: [ParagraphBlock { Text: var text }, ..],
        } && text.StartsWith("SCAN", StringComparison.Ordinal);

        public async ValueTask<ReadOutcome> RecognizeAsync(
            ReadOnlyMemory<byte> content,
            string fileName,
            ReadOutcome outcome,
            ReadLimits limits,
            CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                Count++;
                AtOncePeak = Math.Max(AtOncePeak, ++_atOnce);
            }

#pragma warning disable VSTHRD003 // It is completed by the test, on no thread in particular.
            await isAllowed;
#pragma warning restore VSTHRD003
            lock (_lock)
            {
                _atOnce--;
            }

            return outcome;
        }
    }
}
