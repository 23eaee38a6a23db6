using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Vectors;

/// <summary>A block and what of it may be searched.</summary>
/// <param name="Block">The block.</param>
/// <param name="Allowed">Its allowed rows; all when <see langword="null"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VectorScope(VectorBlock Block, AllowedRows? Allowed);
