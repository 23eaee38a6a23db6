namespace Terroir.Provenance.Merkle;

/// <summary>Makes the tiles that new leaves bring.</summary>
public static class TileBuilder
{
    /// <summary>Appends leaves to a tree that is kept in tiles.</summary>
    /// <param name="hashes">The hashes of the tree as it was.</param>
    /// <param name="oldSize">How many leaves it had.</param>
    /// <param name="leaves">The hashes of the new leaves, in order.</param>
    /// <returns>The tiles to write, full and partial, and the new root.</returns>
    /// <exception cref="ProofFormatException">A hash of the old tree is not there.</exception>
    public static TileGrowth Append(IHashReader hashes, long oldSize, IReadOnlyList<MerkleHash> leaves)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        ArgumentNullException.ThrowIfNull(leaves);
        var grown = new GrownTree(hashes, oldSize);
        foreach (var leaf in leaves)
        {
            grown.Append(leaf);
        }

        var tiles = TileSet.Grown(oldSize, oldSize + leaves.Count)
            .Select(path => new KeyValuePair<TilePath, byte[]>(path, Bytes(path, grown)))
            .ToList();
        return new TileGrowth(tiles, MerkleProofs.Root(oldSize + leaves.Count, grown)!.Value);
    }

    private static byte[] Bytes(TilePath path, GrownTree tree)
    {
        var bytes = new byte[path.Width * MerkleHash.Length];
        for (var i = 0; i < path.Width; i++)
        {
            var node = new MerkleNode(path.Level!.Value * TilePath.Height, (path.Index * TilePath.FullWidth) + i);
            tree.Read(node)!.Value.CopyTo(bytes.AsSpan(i * MerkleHash.Length));
        }

        return bytes;
    }

    // The old tree, and over it the nodes that the new leaves completed.
    private sealed class GrownTree(IHashReader old, long size) : IHashReader
    {
        private readonly Dictionary<MerkleNode, MerkleHash> _new = [];
        private long _size = size;

        public void Append(MerkleHash leaf)
        {
            var node = new MerkleNode(0, _size++);
            _new[node] = leaf;
            while (node.Index % 2 == 1)
            {
                var left = Read(node with { Index = node.Index - 1 })!.Value;
                leaf = MerkleHash.OfNode(left, leaf);
                node = new MerkleNode(node.Level + 1, node.Index / 2);
                _new[node] = leaf;
            }
        }

        public MerkleHash? Read(MerkleNode node) => _new.TryGetValue(node, out var hash)
            ? hash
            : old.Read(node) ?? throw new ProofFormatException(
                "ledger",
                $"the hash {node.Index} of level {node.Level} is missing");
    }
}
