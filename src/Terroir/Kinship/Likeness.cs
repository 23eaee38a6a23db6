using System.Numerics;
using System.Runtime.Intrinsics;
using Terroir.Documents;

namespace Terroir.Kinship;

/// <summary>Compares two texts by their fingerprints.</summary>
internal static class Likeness
{
    /// <summary>Texts that have at least this share of their runs of words in common are near duplicates.</summary>
    /// <remarks>A pair at 0.9 is estimated below it once in several thousand times; a pair at 0.7, above it once
    /// in a hundred.</remarks>
    internal const double NearMin = 0.8;

    private const double ChanceShare = 1.0 / 256;

    // The sketches of near duplicates differ in at most a fifth of their bytes, and so in no more than this of the
    // first bytes; those of unrelated texts differ in nearly all.
    private const int DifferentMax = TextFingerprint.SketchSizeBytes / 5;

    /// <summary>How many first bytes of two sketches tell that texts are not near.</summary>
    internal const int FirstSizeBytes = 32;

    /// <summary>How many of them are equal at least where texts are near.</summary>
    internal const int FirstEqualMin = FirstSizeBytes - DifferentMax;

    /// <summary>Whether the texts are equal but for spaces and capitals.</summary>
    public static bool AreSame(TextFingerprint? one, TextFingerprint? other) =>
        one is not null && other is not null && one.Hash.SequenceEqual(other.Hash);

    /// <summary>Whether the texts are the same or nearly.</summary>
    public static bool AreNear(TextFingerprint? one, TextFingerprint? other) =>
        one is not null && other is not null
        && (CountEqual(one.Sketch[..FirstSizeBytes], other.Sketch[..FirstSizeBytes]) >= FirstEqualMin
            || AreSame(one, other))
        && Of(one, other) >= NearMin;

    /// <summary>Estimates the Jaccard similarity of the texts' sets of runs of words.</summary>
    /// <returns>0 to 1; 1 for texts that are the same, 0 where one has no fingerprint.</returns>
    public static double Of(TextFingerprint? one, TextFingerprint? other)
    {
        if (one is null || other is null)
        {
            return 0;
        }

        if (AreSame(one, other))
        {
            return 1;
        }

        var equal = (double)CountEqual(one.Sketch, other.Sketch) / TextFingerprint.SketchSizeBytes;
        return Math.Max(0, (equal - ChanceShare) / (1 - ChanceShare));
    }

    private static int CountEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var count = 0;
        for (var at = 0; at < one.Length; at += Vector128<byte>.Count)
        {
            var equal = Vector128.Equals(Vector128.Create(one[at..]), Vector128.Create(other[at..]));
            count += BitOperations.PopCount(equal.ExtractMostSignificantBits());
        }

        return count;
    }
}
