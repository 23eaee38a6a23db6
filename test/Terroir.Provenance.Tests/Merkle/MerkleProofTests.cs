using System.Security.Cryptography;
using CsCheck;
using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Tests.Merkle;

public sealed class MerkleProofTests
{
    private const int SizeMax = 300;

    private static readonly MerkleTree Tree = TestLedger.TreeOf(SizeMax);

    private static readonly MerkleHash[] Roots =
        [.. Enumerable.Range(0, SizeMax + 1).Select(size => MerkleProofs.Root(size, Tree)!.Value)];

    [Fact]
    public void An_empty_tree_has_the_hash_of_nothing() =>
        Assert.Equal(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            Convert.ToHexStringLower(MerkleHash.OfEmptyTree.ToArray()));

    [Fact]
    public void Roots_are_those_that_the_definition_of_rfc_6962_gives()
    {
        for (var size = 0; size <= 70; size++)
        {
            var entries = Enumerable.Range(0, size).Select(i => TestLedger.Entry(i)).ToArray();

            Assert.Equal(Defined(entries), Roots[size].ToArray());
        }
    }

    [Fact]
    public void Every_leaf_of_every_tree_is_proven()
    {
        for (var size = 1; size <= SizeMax; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var proof = MerkleProofs.Inclusion(index, size, Tree)!;

                Assert.True(MerkleVerifier.IsIncluded(index, size, Leaf(index), proof, Roots[size]));
            }
        }
    }

    [Fact]
    public void Every_tree_is_proven_to_be_the_beginning_of_every_greater_one()
    {
        for (var size = 1; size <= SizeMax; size++)
        {
            for (var oldSize = 1; oldSize <= size; oldSize++)
            {
                var proof = MerkleProofs.Consistency(oldSize, size, Tree)!;

                Assert.True(MerkleVerifier.IsConsistent(oldSize, size, proof, Roots[oldSize], Roots[size]));
            }
        }
    }

    [Fact]
    public void No_mutation_of_a_proof_of_inclusion_is_accepted() =>
        Gen.Select(Gen.Int[1, SizeMax], Gen.Double[0, 0.999_999], Gen.Int[0, int.MaxValue])
            .Sample((size, part, seed) =>
            {
                var index = (long)(part * size);
                var proof = MerkleProofs.Inclusion(index, size, Tree)!;
                var root = Roots[size];

                Assert.All(Mutations(proof, seed), bad =>
                    Assert.False(MerkleVerifier.IsIncluded(index, size, Leaf(index), bad, root)));
                Assert.False(MerkleVerifier.IsIncluded(index + 1, size, Leaf(index), proof, root));
                Assert.False(MerkleVerifier.IsIncluded(index - 1, size, Leaf(index), proof, root));
                Assert.False(MerkleVerifier.IsIncluded(index, size, Flipped(Leaf(index), seed), proof, root));
                Assert.False(MerkleVerifier.IsIncluded(index, size, Leaf(index), proof, Flipped(root, seed)));
            });

    [Fact]
    public void No_mutation_of_a_proof_of_consistency_is_accepted() =>
        Gen.Select(Gen.Int[2, SizeMax], Gen.Double[0, 0.999_999], Gen.Int[0, int.MaxValue])
            .Sample((size, part, seed) =>
            {
                var oldSize = 1 + (long)(part * (size - 1));
                var proof = MerkleProofs.Consistency(oldSize, size, Tree)!;
                var (old, now) = (Roots[oldSize], Roots[size]);

                Assert.All(Mutations(proof, seed), bad =>
                    Assert.False(MerkleVerifier.IsConsistent(oldSize, size, bad, old, now)));
                Assert.False(MerkleVerifier.IsConsistent(oldSize, size, proof, Flipped(old, seed), now));
                Assert.False(MerkleVerifier.IsConsistent(oldSize, size, proof, old, Flipped(now, seed)));
                Assert.False(MerkleVerifier.IsConsistent(size, oldSize, proof, now, old));
            });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 5)]
    [InlineData(5, 5)]
    [InlineData(0, long.MinValue)]
    [InlineData(long.MaxValue, long.MinValue)]
    public void A_leaf_outside_of_a_tree_is_not_in_it(long index, long size) =>
        Assert.False(MerkleVerifier.IsIncluded(index, size, Leaf(0), [], Leaf(0)));

    [Fact]
    public void The_greatest_tree_needs_no_more_hashes_than_a_proof_may_have()
    {
        Assert.Equal(63, MerkleProofs.InclusionRanges(0, long.MaxValue).Count);
        Assert.InRange(MerkleProofs.ConsistencyRanges(long.MaxValue / 3, long.MaxValue).Count, 60, 63);
    }

    [Fact]
    public void A_proof_that_needs_a_missing_hash_is_not_made() =>
        Assert.Null(MerkleProofs.Inclusion(3, SizeMax + 1, Tree));

    private static MerkleHash Leaf(long index) => MerkleHash.OfLeaf(TestLedger.Entry(index));

    private static MerkleHash Flipped(MerkleHash hash, int seed)
    {
        var bytes = hash.ToArray();
        bytes[(seed >> 3) % bytes.Length] ^= (byte)(1 << (seed % 8));
        return MerkleHash.FromBytes(bytes);
    }

    private static IEnumerable<List<MerkleHash>> Mutations(IReadOnlyList<MerkleHash> proof, int seed)
    {
        for (var i = 0; i < proof.Count; i++)
        {
            List<MerkleHash> flipped = [.. proof];
            flipped[i] = Flipped(proof[i], seed);
            yield return flipped;
            yield return [.. proof.Take(i), .. proof.Skip(i + 1)];
            yield return [.. proof.Take(i), proof[i], .. proof.Skip(i)];
            if (i > 0)
            {
                List<MerkleHash> swapped = [.. proof];
                (swapped[i], swapped[i - 1]) = (proof[i - 1], proof[i]);
                yield return swapped;
            }
        }

        yield return [.. proof, MerkleHash.OfEmptyTree];
        yield return [MerkleHash.OfEmptyTree, .. proof];
    }

    // RFC 6962, section 2.1, word for word.
    private static byte[] Defined(byte[][] entries)
    {
        if (entries.Length == 0)
        {
            return SHA256.HashData([]);
        }

        if (entries.Length == 1)
        {
            return SHA256.HashData([0x00, .. entries[0]]);
        }

        var k = 1;
        while (k * 2 < entries.Length)
        {
            k *= 2;
        }

        return SHA256.HashData([0x01, .. Defined(entries[..k]), .. Defined(entries[k..])]);
    }
}
