namespace Terroir.Provenance.Merkle;

/// <summary>A tree in memory: every hash of every complete subtree. For tests, for what is small, such as the passages
/// that were shown, and to check tiles against.</summary>
/// <remarks>Not safe to append to from several threads.</remarks>
public sealed class MerkleTree : IHashReader
{
    private readonly List<List<MerkleHash>> _levels = [[]];

    /// <summary>How many leaves it has.</summary>
    public long Size => _levels[0].Count;

    /// <summary>The root.</summary>
    public MerkleHash Root => MerkleProofs.Root(Size, this)!.Value;

    /// <summary>Makes a tree of entries.</summary>
    /// <param name="entries">The entries in order.</param>
    public static MerkleTree Of(IEnumerable<byte[]> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var tree = new MerkleTree();
        foreach (var entry in entries)
        {
            tree.Append(MerkleHash.OfLeaf(entry));
        }

        return tree;
    }

    /// <summary>Appends a leaf.</summary>
    /// <param name="leaf">The leaf's hash.</param>
    public void Append(MerkleHash leaf)
    {
        _levels[0].Add(leaf);
        for (var level = 0; _levels[level].Count % 2 == 0; level++)
        {
            if (level + 1 == _levels.Count)
            {
                _levels.Add([]);
            }

            _levels[level + 1].Add(MerkleHash.OfNode(_levels[level][^2], _levels[level][^1]));
        }
    }

    /// <inheritdoc/>
    public MerkleHash? Read(MerkleNode node) =>
        node.Level < _levels.Count && node.Index < _levels[node.Level].Count
            ? _levels[node.Level][(int)node.Index]
            : null;
}
