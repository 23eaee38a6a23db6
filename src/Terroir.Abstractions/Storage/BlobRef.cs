using System.Text.Json.Serialization;

namespace Terroir.Storage;

/// <summary>Where some bytes are: a range of a stored object, with their own hash.</summary>
/// <param name="Container">The object that holds them: a pack, or the bytes alone.</param>
/// <param name="Offset">The first byte in that object.</param>
/// <param name="Length">How many stored bytes.</param>
/// <param name="Hash">The hash of just these bytes, as they were before they were sealed; every read is checked against
/// it.</param>
public sealed record BlobRef(ContentHash Container, long Offset, long Length, ContentHash Hash)
{
    /// <summary>Whether the stored bytes are sealed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSealed { get; init; }

    /// <summary>All bytes of an object.</summary>
    /// <param name="container">The object.</param>
    /// <param name="sizeBytes">Its size.</param>
    /// <returns>The range.</returns>
    public static BlobRef Whole(ContentHash container, long sizeBytes) => new(container, 0, sizeBytes, container);
}
