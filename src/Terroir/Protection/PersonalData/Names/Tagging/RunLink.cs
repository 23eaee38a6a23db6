namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>How a run hangs on the one before it, as the names of a list do.</summary>
internal static class RunLink
{
    // Farther runs have nothing to do with each other.
    private const int ReachMax = 6;

    /// <summary>Tells it as a number.</summary>
    /// <param name="between">The text between both.</param>
    /// <param name="isName">Whether the run before ended with a name.</param>
    public static uint Of(ReadOnlySpan<char> between, bool isName) =>
        between.Length > ReachMax ? 0 : (KindOf(between) << 1) | (isName ? 1u : 0u);

    private static uint KindOf(ReadOnlySpan<char> between) => between.Trim() switch
    {
        "" => between.Contains('\n') ? 2u : 1u,
        "," => 3,
        ";" => 4,
        "et" or "ou" or "&" or "and" or ", et" => 5,
        "." => 6,
        ":" => 7,
        "-" or "–" or "•" or "*" or "|" => 8,
        "(" => 9,
        _ => 10,
    };
}
