namespace Terroir.Provenance.Merkle;

/// <summary>What new leaves bring to a tree that is kept in tiles.</summary>
/// <param name="Tiles">The tiles to write, by name; without bundles of entries.</param>
/// <param name="Root">The root of the tree with the new leaves.</param>
public sealed record TileGrowth(IReadOnlyList<KeyValuePair<TilePath, byte[]>> Tiles, MerkleHash Root);
