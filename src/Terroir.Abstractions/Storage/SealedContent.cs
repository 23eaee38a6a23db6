namespace Terroir.Storage;

/// <summary>How sealed content is told from other content, and how long it is.</summary>
public static class SealedContent
{
    /// <summary>The bytes of a header: magic, key, leaf and salt.</summary>
    public const int HeaderSizeBytes = 44;

    /// <summary>The bytes of the tag that ends every chunk.</summary>
    public const int TagSizeBytes = 16;

    /// <summary>The bytes of a chunk without its tag; the last one may be shorter.</summary>
    public const int ChunkSizeBytes = 64 << 10;

    /// <summary>The first bytes; the last of them is the version of the format.</summary>
    public static ReadOnlySpan<byte> Magic => "TSC\u0001"u8;

    /// <summary>Whether bytes are sealed. To be asked of what Terroir wrote itself: a document may begin with anything.
    /// </summary>
    /// <param name="content">The bytes, or the first of them.</param>
    /// <returns>Whether they begin as sealed content does.</returns>
    public static bool IsSealed(ReadOnlySpan<byte> content) => content.StartsWith(Magic);

    /// <summary>The size of content when it is sealed.</summary>
    /// <param name="sizeBytes">Its size; 0 or more.</param>
    /// <returns>The size with the header and the tags: one chunk at least.</returns>
    public static long SizeOf(long sizeBytes) =>
        HeaderSizeBytes + sizeBytes + (Math.Max(1, (sizeBytes + ChunkSizeBytes - 1) / ChunkSizeBytes) * TagSizeBytes);
}
