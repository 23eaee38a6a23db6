using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Segments;

/// <summary>A document of a segment.</summary>
/// <param name="Id">The document.</param>
/// <param name="FirstPassage">Its first passage in the segment.</param>
/// <param name="PassageCount">How many follow, the first included.</param>
/// <param name="Length">Its length in terms, the title included.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SegmentDocumentEntry(DocumentId Id, int FirstPassage, int PassageCount, int Length);
