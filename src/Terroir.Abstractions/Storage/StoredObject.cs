namespace Terroir.Storage;

/// <summary>An object that a generation brings, in one of its roles: the same bytes may be of several kinds.</summary>
/// <param name="Hash">Its content hash.</param>
/// <param name="Kind">What it holds, which decides what keeps it alive.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record StoredObject(ContentHash Hash, ObjectKind Kind, long SizeBytes);

/// <summary>What an object holds. The numbers are stored.</summary>
public enum ObjectKind
{
    /// <summary>Documents' bytes; alive while a live document's record points into it.</summary>
    Pack = 1,

    /// <summary>An index segment; alive until a generation removes it.</summary>
    Segment = 2,

    /// <summary>The records of a generation's documents; alive until a generation releases it.</summary>
    Records = 3,
}
