using Terroir.Sources;

namespace Terroir.Ingestion.Sync;

/// <summary>What the rounds of one synchronisation have done so far.</summary>
internal sealed class SyncRounds
{
    // By path, with the fingerprint that it was listed with.
    private readonly Dictionary<string, string> _scans = new(StringComparer.Ordinal);
    private SyncTally? _tally;

    /// <summary>The collection's generation before the first round.</summary>
    public long Generation { get; private set; }

    /// <summary>How many rounds ended because the lease was lost.</summary>
    public int LostLeaseCount { get; set; }

    /// <summary>Remembers that an item needs recognition, so that the next round does not read it to find that out.
    /// </summary>
    public void AddScan(ListedItem item) => _scans[item.Path] = item.Fingerprint;

    /// <summary>Whether an item is known to need recognition.</summary>
    public bool IsScan(ListedItem item) =>
        _scans.TryGetValue(item.Path, out var fingerprint)
        && string.Equals(fingerprint, item.Fingerprint, StringComparison.Ordinal);

    /// <summary>Begins a round.</summary>
    /// <param name="tally">What it counts; it goes on from the round before.</param>
    /// <param name="generation">The collection's generation.</param>
    public void Begin(SyncTally tally, long generation)
    {
        if (_tally is null)
        {
            Generation = generation;
        }
        else
        {
            tally.Continue(_tally);
        }

        _tally = tally;
    }
}
