namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>Hashes of words and features, the same on every machine.</summary>
internal static class WordHash
{
    private const uint Basis = 2_166_136_261, Prime = 16_777_619, Golden = 0x9E37_79B9;

    /// <summary>The hash of a word in small letters (FNV-1a over its characters, then stirred).</summary>
    public static uint Of(ReadOnlySpan<char> word)
    {
        var hash = Basis;
        foreach (var letter in word)
        {
            hash = (hash ^ Small(letter)) * Prime;
        }

        return Stir(hash);
    }

    /// <summary>The hash of a feature: which one it is, and its values.</summary>
    public static uint Of(uint feature, uint first, uint second = 0) =>
        Stir((((feature * Golden) ^ first) * 0x85EB_CA6B) + (second * 0xC2B2_AE35));

    private static uint Small(char letter) =>
        char.IsAscii(letter)
            ? char.IsAsciiLetterUpper(letter) ? (uint)(letter | 0x20) : letter
            : char.ToLowerInvariant(letter);

    // The finish of MurmurHash3 (Appleby, 2011): every bit moves the upper ones.
    private static uint Stir(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85EB_CA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2_AE35;
        return hash ^ (hash >> 16);
    }
}
