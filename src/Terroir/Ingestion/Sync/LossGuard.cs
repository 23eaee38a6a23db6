using System.Globalization;
using Terroir.Storage;

namespace Terroir.Ingestion.Sync;

/// <summary>Stops a synchronisation that would delete much: a disk that is not mounted looks like an empty folder.
/// </summary>
internal static class LossGuard
{
    /// <summary>A source that lost more than this share of its files stops and asks.</summary>
    internal const double LossShareMax = 0.2;

    /// <summary>Fewer remembered files than this are too few for shares: then only a source that returns nothing stops.
    /// </summary>
    internal const int LossCountMin = 5;

    /// <summary>Says why the synchronisation stops, or nothing.</summary>
    /// <param name="source">The source.</param>
    /// <param name="foundCount">Files that are there.</param>
    /// <param name="rememberedCount">Files that were there before.</param>
    /// <param name="lostCount">Those that are gone and did not come back under another path.</param>
    public static string? Judge(SourceRecord source, int foundCount, int rememberedCount, int lostCount)
    {
        var isEmptied = foundCount == 0 && lostCount > 0;
        var isLoss = rememberedCount >= LossCountMin && lostCount > rememberedCount * LossShareMax;
        return isEmptied || isLoss
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{lostCount} of {rememberedCount} files are gone. If that is right, run ")
                + $"'terroir sync {source.Id} --accept-loss'; nothing was deleted."
            : null;
    }
}
