namespace Terroir.Provenance;

/// <summary>Bounds what is parsed.</summary>
internal static class ProofLength
{
    /// <summary>Refuses bytes that are too many.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="lengthMax">The most.</param>
    /// <param name="kind">What they should be, for the error.</param>
    /// <exception cref="ProofFormatException">They are more.</exception>
    public static void Check(ReadOnlySpan<byte> bytes, int lengthMax, string kind)
    {
        if (bytes.Length > lengthMax)
        {
            throw new ProofFormatException(kind, $"it has {bytes.Length} bytes, and at most {lengthMax} are read");
        }
    }
}
