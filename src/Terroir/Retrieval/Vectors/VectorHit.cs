using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Vectors;

/// <summary>A vector that was found.</summary>
/// <param name="Source">Which of the sources that were searched it came from; they count from 0.</param>
/// <param name="Number">The number that it was added with.</param>
/// <param name="Score">Greater is nearer, see <see cref="VectorMetric"/>. The same bits on every processor.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VectorHit(int Source, int Number, float Score);
