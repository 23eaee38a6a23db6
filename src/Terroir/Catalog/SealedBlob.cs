using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>A blob on its way into a pack.</summary>
/// <param name="Stored">The bytes that are stored.</param>
/// <param name="Hash">The hash of the bytes before they were sealed.</param>
/// <param name="IsSealed">Whether they were.</param>
internal sealed record SealedBlob(ReadOnlyMemory<byte> Stored, ContentHash Hash, bool IsSealed)
{
    /// <summary>Bytes that are stored as they are.</summary>
    public static SealedBlob Plain(ReadOnlyMemory<byte> content) =>
        new(content, ContentHash.Of(content.Span), IsSealed: false);

    /// <summary>Where the blob is.</summary>
    public BlobRef At(ContentHash container, long offset) =>
        new(container, offset, Stored.Length, Hash) { IsSealed = IsSealed };
}
