using System.Runtime.InteropServices;

namespace Terroir.Provenance.Merkle;

/// <summary>A complete subtree of a Merkle tree: the <c>2^Level</c> leaves from <c>Index * 2^Level</c> on.</summary>
/// <param name="Level">Its height; 0 is a leaf, at most 62.</param>
/// <param name="Index">Its place among the subtrees of that height, from 0.</param>
/// <remarks>Its hash never changes once all of its leaves are there.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MerkleNode(int Level, long Index);
