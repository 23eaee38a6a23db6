using System.Threading.Channels;

namespace Terroir.Crash;

/// <summary>Writes to every collection at once, and collects garbage meanwhile, until it is killed.</summary>
internal sealed class CrashChild(CrashSite site, TextWriter output, int seed)
{
    /// <summary>A child that nobody kills stops by itself.</summary>
    private const int CommitCountMax = 1_000;

    private readonly Channel<bool> _commits =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var writers = CrashSite.Collections.Select((collection, n) =>
            Task.Run(() => WriteAsync(collection, new Random(seed + n), cancellationToken), cancellationToken));
        var answers = Task.Run(() => AnswerAsync(cancellationToken), cancellationToken);
        using var stopCheckpoints = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var checkpoints = Task.Run(() => CheckpointAsync(stopCheckpoints.Token), cancellationToken);
        var collector = Task.Run(() => CollectAsync(cancellationToken), cancellationToken);
        await Task.WhenAll(writers);
        await answers;
        await stopCheckpoints.CancelAsync();
        await checkpoints;
        _commits.Writer.Complete();
        await collector;
    }

    /// <summary>Commits one change and says so.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        var collection = CrashSite.Collections[0];
        await site.Catalog.CreateCollectionAsync(collection, cancellationToken);
        await using var writer = await site.Catalog.OpenWriterAsync(collection, cancellationToken);
        var (_, commit) = CrashChange.Draw(new Random(seed), collection, new Dictionary<int, CrashVersion>());
        var head = await writer.CommitAsync(commit, cancellationToken);
        CrashLine.Write(output, $"ack {collection} {head.Generation}");
    }

    private async Task WriteAsync(CollectionId collection, Random random, CancellationToken cancellationToken)
    {
        await site.Catalog.CreateCollectionAsync(collection, cancellationToken);
        await using var writer = await site.Catalog.OpenWriterAsync(collection, cancellationToken);
        var state = await site.Catalog.ReadStateAsync(collection, 0, cancellationToken);
        var live = CrashCheck.Describe(state!);
        for (var count = 0; count < CommitCountMax; count++)
        {
            var (change, commit) = CrashChange.Draw(random, collection, live);
            CrashLine.Write(output, $"try {collection} {change}");
            try
            {
                var head = await writer.CommitAsync(commit, cancellationToken);
                CrashLine.Write(output, $"ack {collection} {head.Generation}");
                change.ApplyTo(live);
                _commits.Writer.TryWrite(true);
                await writer.MergeAsync(cancellationToken);
            }
            catch (TerroirException exception) when (exception.IsTransient)
            {
                // The collector is deleting bytes that this change brings again.
                CrashLine.Write(output, $"refused {collection} {exception.Code}");
            }
        }
    }

    // As the server does beside the commits of a synchronisation.
    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        for (var count = 0; count < CommitCountMax; count++)
        {
            var receipt = await site.Receipts.KeepAsync(count, cancellationToken);
            CrashLine.Write(output, $"logged {receipt.Hex}");
        }
    }

    // As the server does, but without a pause.
    private async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var size = await site.Ledger.FlushAsync(CancellationToken.None);
            CrashLine.Write(output, $"signed {size}");
            await Task.Yield();
        }
    }

    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in _commits.Reader.ReadAllAsync(cancellationToken))
        {
            var deleted = await site.Maintenance.CollectGarbageAsync(TimeSpan.Zero, cancellationToken);
            CrashLine.Write(output, $"collected {deleted.Count}");
        }
    }
}
