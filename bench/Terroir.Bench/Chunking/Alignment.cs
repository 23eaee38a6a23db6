namespace Terroir.Bench.Chunking;

/// <summary>Finds where the characters of a text stand in another that has the same words, with other spaces and
/// marks.</summary>
internal static class Alignment
{
    private const int LookAhead = 200;

    private const int SameMin = 12;

    /// <summary>Aligns two texts.</summary>
    /// <param name="made">The text that was made.</param>
    /// <param name="original">The text that it was made of.</param>
    /// <returns>For each character of the first its place in the second; for one that has none, that of the next that
    /// has.</returns>
    public static int[] Of(string made, string original)
    {
        var places = new int[made.Length + 1];
        var at = 0;
        for (var index = 0; index < made.Length; index++)
        {
            while (at < original.Length && char.IsWhiteSpace(original[at]))
            {
                at++;
            }

            if (!char.IsWhiteSpace(made[index]) && at < original.Length && made[index] != original[at])
            {
                at += Skip(made.AsSpan(index), original.AsSpan(at));
            }

            places[index] = at;
            at += at < original.Length && made[index] == original[at] ? 1 : 0;
        }

        places[made.Length] = original.Length;
        return places;
    }

    // How much of the original the other text left out here; nothing if it put something in.
    private static int Skip(ReadOnlySpan<char> made, ReadOnlySpan<char> original)
    {
        var wanted = made[..Math.Min(SameMin, made.Length)];
        var found = original[..Math.Min(LookAhead, original.Length)].IndexOf(wanted, StringComparison.Ordinal);
        return Math.Max(0, found);
    }
}
