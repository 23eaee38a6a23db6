using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Encoders;

/// <summary>Where a document stands in a snapshot.</summary>
/// <param name="Segment">The number of its segment in the snapshot; -1 for nowhere.</param>
/// <param name="Document">Its number in the segment.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DocumentPlace(int Segment, int Document)
{
    /// <summary>A document that is gone, or no longer what its vectors were made from.</summary>
    public static DocumentPlace None { get; } = new(-1, -1);
}
