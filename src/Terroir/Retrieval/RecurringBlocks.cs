using Terroir.Retrieval.Text;

namespace Terroir.Retrieval;

/// <summary>Finds the blocks of a text that stand in many documents: they say little about any of them.</summary>
/// <remarks>Only commonly readable documents count, at the time of the search, however they are cut into segments.
/// One instance belongs to one search.</remarks>
internal sealed class RecurringBlocks(IReadOnlyList<ReadableSegment> segments, CancellationToken cancellationToken)
{
    /// <summary>In how many commonly readable documents a block recurs.</summary>
    internal const int DocumentCountMin = 5;

    /// <summary>What a passage loses of its own score if it is such blocks and nothing else.</summary>
    internal const double Loss = 0.5;

    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Lists the blocks of a text that recur, in order.</summary>
    public IReadOnlyList<TextRange> Find(string text) =>
    [
        .. BlockTerms.Of(text)
            .Where(block => IsRecurring(block.Term))
            .Select(block => new TextRange(block.Start, block.End)),
    ];

    /// <summary>What a passage loses of its own score.</summary>
    /// <param name="hit">The passage with its blocks.</param>
    /// <returns>0 to <see cref="Loss"/>.</returns>
    public static double LossOf(PassageHit hit) =>
        hit.Recurring.Sum(range => range.End - range.Start) * Loss / Math.Max(1, hit.Text.Length);

    private bool IsRecurring(string term)
    {
        if (!_known.TryGetValue(term, out var recurs))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _known[term] = recurs = Count(term) >= DocumentCountMin;
        }

        return recurs;
    }

    private int Count(string term)
    {
        var count = 0;
        foreach (var segment in segments)
        {
            count += segment.CountCommon(segment.Reader.Find(term), DocumentCountMin - count);
        }

        return count;
    }
}
