namespace Terroir.Provenance.Merkle;

/// <summary>Where the hashes of complete subtrees come from: memory, or tiles.</summary>
public interface IHashReader
{
    /// <summary>Returns the hash of a complete subtree.</summary>
    /// <param name="node">The subtree; all of its leaves are in the tree.</param>
    /// <returns>The hash, or <see langword="null"/> if it is not there, for one because it was pruned.</returns>
    MerkleHash? Read(MerkleNode node);
}
