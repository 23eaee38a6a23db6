using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Terroir.Ingestion;
using Terroir.Storage;

namespace Terroir.Server.Tests;

public sealed class SourceWorkerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_that_was_stopped_goes_on_when_its_files_are_back()
    {
        await using var server = await TestServer.StartAsync();
        var worker = server.Services.GetServices<IHostedService>().OfType<SourceWorker>().Single();
        var sources = server.Services.GetRequiredService<IMetastore>().Sources;
        var folder = (await sources.ListSourcesAsync(Stop))[0].Location;
        Directory.Move(folder, folder + "-elsewhere");
        Directory.CreateDirectory(folder);

        await worker.StartAllAsync(Stop);
        await worker.Running;
        var stopped = (await sources.ListSourcesAsync(Stop))[0];
        Directory.Delete(folder);
        Directory.Move(folder + "-elsewhere", folder);
        await worker.StartAllAsync(Stop);
        await worker.Running;
        var going = (await sources.ListSourcesAsync(Stop))[0];

        Assert.NotNull(stopped.HeldReason);
        Assert.Null(going.HeldReason);
    }

    [Fact]
    public async Task A_source_that_takes_long_keeps_no_other_one_from_being_read_again()
    {
        await using var server = await TestServer.StartAsync();
        var metastore = server.Services.GetRequiredService<IMetastore>();
        var source = (await metastore.Sources.ListSourcesAsync(Stop))[0];
        await metastore.Sources.SaveSourceAsync(source with { Id = "long" }, Stop);
        var synchronizer = new CountingSynchronizer();
        using var worker = new SourceWorker(
            synchronizer,
            metastore,
            Options.Create(new ServerOptions()),
            TimeProvider.System,
            NullLogger<SourceWorker>.Instance);

        await worker.StartAllAsync(Stop);
        await synchronizer.Ended.Reader.ReadAsync(Stop);
        while (!synchronizer.Ended.Reader.TryRead(out _))
        {
            // The first reading has told that it ended, and its task ends a moment later.
            await worker.StartAllAsync(Stop);
            await Task.Yield();
        }

        Assert.InRange(synchronizer.LongCount, 0, 1);
        synchronizer.End.SetResult();
        await worker.StartAllAsync(Stop);
        await worker.Running;
        Assert.InRange(synchronizer.LongCount, 1, 2);
    }

    /// <summary>Ends the reading of one source when it is told to, and that of others at once.</summary>
    private sealed class CountingSynchronizer : ISynchronizer
    {
        private int _longCount;

        public Channel<string> Ended { get; } = Channel.CreateUnbounded<string>();

        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int LongCount => _longCount;

        public async Task<SyncReport> SyncAsync(
            string source,
            SyncOptions options,
            IProgress<SyncProgress>? progress,
            CancellationToken cancellationToken)
        {
            if (source is "long")
            {
                Interlocked.Increment(ref _longCount);
                await End.Task.WaitAsync(cancellationToken);
            }
            else
            {
                await Ended.Writer.WriteAsync(source, cancellationToken);
            }

            return new SyncReport { Source = source };
        }
    }
}
