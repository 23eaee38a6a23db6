using System.Numerics;

namespace Terroir.Provenance.Merkle;

/// <summary>Verifies proofs of RFC 6962.</summary>
/// <remarks>The sizes alone tell how long a proof must be and on which side each of its hashes stands (the
/// decomposition of github.com/transparency-dev/merkle). So nothing of a proof is looked at before its length is
/// right, and a hash too many cannot slip through as it can where the loop of RFC 9162 is copied.</remarks>
public static class MerkleVerifier
{
    /// <summary>The greatest length of a proof.</summary>
    public const int ProofLengthMax = 63;

    /// <summary>Tells whether a leaf is in a tree.</summary>
    /// <param name="index">The leaf, from 0.</param>
    /// <param name="size">How many leaves the tree has.</param>
    /// <param name="leaf">The leaf's hash.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="root">The tree's root.</param>
    /// <returns>Whether the proof shows it; <see langword="false"/> too for an index that is not in the tree.</returns>
    public static bool IsIncluded(
        long index,
        long size,
        MerkleHash leaf,
        IReadOnlyList<MerkleHash> proof,
        MerkleHash root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size)
        {
            return false;
        }

        var inner = InnerLength(index, size);
        if (proof.Count != inner + BorderLength(index, inner))
        {
            return false;
        }

        var hash = ChainInner(leaf, index, proof, 0, inner);
        return ChainLeft(hash, proof, inner, proof.Count) == root;
    }

    /// <summary>Tells whether a tree began as a smaller one.</summary>
    /// <param name="oldSize">How many leaves the smaller one had. 0 shows nothing and is never consistent.</param>
    /// <param name="size">How many leaves the tree has.</param>
    /// <param name="proof">The proof; empty for equal sizes.</param>
    /// <param name="oldRoot">The smaller tree's root.</param>
    /// <param name="root">The tree's root.</param>
    public static bool IsConsistent(
        long oldSize,
        long size,
        IReadOnlyList<MerkleHash> proof,
        MerkleHash oldRoot,
        MerkleHash root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (oldSize < 1 || oldSize > size)
        {
            return false;
        }

        if (oldSize == size)
        {
            return proof.Count == 0 && oldRoot == root;
        }

        var inner = InnerLength(oldSize - 1, size);
        var border = BorderLength(oldSize - 1, inner);
        var shift = BitOperations.TrailingZeroCount(oldSize);
        inner -= shift;

        // A smaller tree that is complete is a node of the greater one, and its root begins the proof unsaid.
        var begin = oldSize == 1L << shift ? 0 : 1;
        if (proof.Count != begin + inner + border)
        {
            return false;
        }

        var seed = begin == 0 ? oldRoot : proof[0];
        var mask = (oldSize - 1) >> shift;
        var oldHash = ChainInnerRight(seed, mask, proof, begin, inner);
        if (ChainLeft(oldHash, proof, begin + inner, proof.Count) != oldRoot)
        {
            return false;
        }

        var hash = ChainInner(seed, mask, proof, begin, inner);
        return ChainLeft(hash, proof, begin + inner, proof.Count) == root;
    }

    // Below the node where the ways to the leaf and to the last leaf part, siblings stand on either side.
    private static int InnerLength(long index, long size) => 64 - BitOperations.LeadingZeroCount(
        (ulong)(index ^ (size - 1)));

    // Above it, only left of the way.
    private static int BorderLength(long index, int inner) =>
        inner >= 64 ? 0 : BitOperations.PopCount((ulong)index >> inner);

    private static MerkleHash ChainInner(
        MerkleHash seed,
        long index,
        IReadOnlyList<MerkleHash> proof,
        int at,
        int count)
    {
        for (var i = 0; i < count; i++)
        {
            seed = ((index >> i) & 1) == 0
                ? MerkleHash.OfNode(seed, proof[at + i])
                : MerkleHash.OfNode(proof[at + i], seed);
        }

        return seed;
    }

    private static MerkleHash ChainInnerRight(
        MerkleHash seed,
        long index,
        IReadOnlyList<MerkleHash> proof,
        int at,
        int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (((index >> i) & 1) == 1)
            {
                seed = MerkleHash.OfNode(proof[at + i], seed);
            }
        }

        return seed;
    }

    private static MerkleHash ChainLeft(MerkleHash seed, IReadOnlyList<MerkleHash> proof, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            seed = MerkleHash.OfNode(proof[i], seed);
        }

        return seed;
    }
}
