using System.Numerics;
using System.Runtime.InteropServices;

namespace Terroir.Provenance.Merkle;

/// <summary>The leaves from <c>Start</c> to before <c>End</c>, whose tree hash RFC 6962 calls <c>MTH(D[Start:End])</c>.
/// </summary>
/// <param name="Start">The first leaf; a multiple of the least power of two that is not below the length.</param>
/// <param name="End">After the last leaf; greater than <paramref name="Start"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MerkleRange(long Start, long End)
{
    /// <summary>How many leaves it has.</summary>
    public long Count => End - Start;

    /// <summary>Lists the complete subtrees that it consists of, the oldest and greatest first: one for each bit of its
    /// length, so at most 63.</summary>
    public IEnumerable<MerkleNode> Nodes()
    {
        var start = Start;
        while (start < End)
        {
            var level = BitOperations.Log2((ulong)(End - start));
            yield return new MerkleNode(level, start >> level);
            start += 1L << level;
        }
    }

    /// <summary>Computes its hash out of those of <see cref="Nodes"/>.</summary>
    /// <param name="hashes">Where they come from.</param>
    /// <returns>The hash; <see langword="null"/> if one of them is not there.</returns>
    public MerkleHash? Hash(IHashReader hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        MerkleHash? hash = null;
        foreach (var node in Nodes().Reverse())
        {
            if (hashes.Read(node) is not { } left)
            {
                return null;
            }

            hash = hash is { } right ? MerkleHash.OfNode(left, right) : left;
        }

        return hash;
    }
}
