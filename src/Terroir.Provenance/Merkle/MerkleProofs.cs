namespace Terroir.Provenance.Merkle;

/// <summary>Makes roots and proofs of a tree (RFC 6962, section 2.1).</summary>
/// <remarks>What a proof needs can be asked first (<c>...Ranges</c>), so that a caller can fetch it first.</remarks>
public static class MerkleProofs
{
    /// <summary>Computes the root of a tree.</summary>
    /// <param name="size">How many leaves it has; 0 or more.</param>
    /// <param name="hashes">Its hashes.</param>
    /// <returns>The root; <see langword="null"/> if a hash that it needs is not there.</returns>
    public static MerkleHash? Root(long size, IHashReader hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size == 0 ? MerkleHash.OfEmptyTree : new MerkleRange(0, size).Hash(hashes);
    }

    /// <summary>Proves that a leaf is in a tree.</summary>
    /// <param name="index">The leaf, from 0.</param>
    /// <param name="size">How many leaves the tree has; more than <paramref name="index"/>.</param>
    /// <param name="hashes">The tree's hashes.</param>
    /// <returns>At most 63 hashes, from the leaf's sibling to the root's child; <see langword="null"/> if one that they
    /// need is not there.</returns>
    public static IReadOnlyList<MerkleHash>? Inclusion(long index, long size, IHashReader hashes) =>
        Hash(InclusionRanges(index, size), hashes);

    /// <summary>Proves that a tree began as a smaller one.</summary>
    /// <param name="oldSize">How many leaves the smaller one had; 1 or more.</param>
    /// <param name="size">How many leaves the tree has; <paramref name="oldSize"/> or more.</param>
    /// <param name="hashes">The tree's hashes.</param>
    /// <returns>At most 63 hashes; empty for equal sizes; <see langword="null"/> if one that they need is not there.
    /// </returns>
    public static IReadOnlyList<MerkleHash>? Consistency(long oldSize, long size, IHashReader hashes) =>
        Hash(ConsistencyRanges(oldSize, size), hashes);

    /// <summary>Tells the ranges whose hashes are the proof of <see cref="Inclusion"/>, in its order.</summary>
    /// <param name="index">The leaf.</param>
    /// <param name="size">How many leaves the tree has.</param>
    public static IReadOnlyList<MerkleRange> InclusionRanges(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var ranges = new List<MerkleRange>();
        long start = 0, end = size;
        while (end - start > 1)
        {
            var middle = start + Split(end - start);
            ranges.Add(index < middle ? new MerkleRange(middle, end) : new MerkleRange(start, middle));
            (start, end) = index < middle ? (start, middle) : (middle, end);
        }

        ranges.Reverse();
        return ranges;
    }

    /// <summary>Tells the ranges whose hashes are the proof of <see cref="Consistency"/>, in its order.</summary>
    /// <param name="oldSize">How many leaves the smaller tree had.</param>
    /// <param name="size">How many leaves the tree has.</param>
    public static IReadOnlyList<MerkleRange> ConsistencyRanges(long oldSize, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, size);
        var ranges = new List<MerkleRange>();
        long start = 0, end = size;
        while (oldSize < end)
        {
            var middle = start + Split(end - start);
            ranges.Add(oldSize <= middle ? new MerkleRange(middle, end) : new MerkleRange(start, middle));
            (start, end) = oldSize <= middle ? (start, middle) : (middle, end);
        }

        // What is left ends where the smaller tree ended. If it is that tree itself, its root is known to who verifies.
        if (start > 0)
        {
            ranges.Add(new MerkleRange(start, end));
        }

        ranges.Reverse();
        return ranges;
    }

    private static List<MerkleHash>? Hash(IReadOnlyList<MerkleRange> ranges, IHashReader hashes)
    {
        var proof = new List<MerkleHash>(ranges.Count);
        foreach (var range in ranges)
        {
            if (range.Hash(hashes) is not { } hash)
            {
                return null;
            }

            proof.Add(hash);
        }

        return proof;
    }

    // The greatest power of two that is less than a count of 2 or more.
    private static long Split(long count) => 1L << System.Numerics.BitOperations.Log2((ulong)(count - 1));
}
