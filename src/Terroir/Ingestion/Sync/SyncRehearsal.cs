using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion.Sync;

/// <summary>Tells what a synchronisation would do, and writes nothing.</summary>
internal sealed class SyncRehearsal(SourceRecord source, FileReading reading, TimeProvider timeProvider)
{
    /// <summary>So many items are read to estimate how long all would take.</summary>
    internal const int SampleCountMax = 16;

    // What an item costs besides its bytes.
    private const long ItemSizeBytes = 64 << 10;

    /// <summary>Weighs an item, as a share of the work.</summary>
    public static long WeightOf(ListedItem item) =>
        ItemSizeBytes + (item.SizeBytes ?? BatchedReading.UnknownSizeBytes);

    /// <summary>Tells what would be done.</summary>
    /// <param name="content">What the source lists.</param>
    /// <param name="plan">What there is to do.</param>
    /// <param name="problems">What a person should mend.</param>
    /// <param name="cancellationToken">Stops the reading of the sample.</param>
    public async Task<SyncReport> RunAsync(
        SourceContent content,
        SyncPlan plan,
        IReadOnlyList<SourceProblem> problems,
        CancellationToken cancellationToken)
    {
        var isHeld = plan.HeldReason is not null;
        ListedItem[] toRead = isHeld ? [] : [.. plan.ToRead];
        var moved = toRead.Count(item => plan.FormerOf(item) is not null);
        var changed = toRead.Count(plan.IsKnown);
        return SyncReporting.Describe(source, content, plan, problems, generation: 0) with
        {
            IsDryRun = true,
            AddedCount = toRead.Length - moved - changed,
            ChangedCount = changed,
            MovedCount = moved,
            RemovedCount = Math.Max(0, plan.Tally.RemovedCount - moved),
            ToReadBytes = toRead.Sum(item => item.SizeBytes ?? 0),
            EstimatedDuration = await EstimateAsync(toRead, cancellationToken),
        };
    }

    private async Task<TimeSpan?> EstimateAsync(ListedItem[] toRead, CancellationToken cancellationToken)
    {
        if (toRead.Length == 0)
        {
            return null;
        }

        var step = Math.Max(1, toRead.Length / SampleCountMax);
        var sample = toRead.Where((item, index) => index % step == 0
            && WeightOf(item) < BatchedReading.InFlightSizeMaxBytes / SampleCountMax).Take(SampleCountMax).ToArray();
        if (sample.Length == 0)
        {
            return null;
        }

        var start = timeProvider.GetTimestamp();
        await Task.WhenAll(sample.Select(item =>
            reading.ReadAsync(item, former: null, recognizes: true, cancellationToken)));
        return timeProvider.GetElapsedTime(start) * ((double)toRead.Sum(WeightOf) / sample.Sum(WeightOf));
    }
}
