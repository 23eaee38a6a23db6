using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Segments;

/// <summary>How often a term stands in a passage.</summary>
/// <param name="Passage">The passage's number in the segment.</param>
/// <param name="Count">How often in its text.</param>
/// <param name="ContextCount">How often in its title and headings, which are never quoted.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Posting(int Passage, int Count, int ContextCount);
