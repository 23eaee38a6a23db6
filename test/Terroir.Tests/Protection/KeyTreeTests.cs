using CsCheck;
using Terroir.Protection;

namespace Terroir.Tests.Protection;

public sealed class KeyTreeTests
{
    private static readonly Gen<byte[]> Leaf = Gen.Byte.Array[KeyTree.LeafSizeBytes];

    // Ids that share digits, so that destroyed leaves lie under one another's nodes.
    private static readonly Gen<byte[]> NearLeaf = Gen.Byte[0, 1].Array[KeyTree.LeafSizeBytes];

    [Fact]
    public void A_destroyed_leaf_has_no_key_and_every_other_leaf_keeps_its_own() =>
        Gen.Select(Gen.OneOf(Leaf, NearLeaf).Array[1, 6], Gen.OneOf(Leaf, NearLeaf).Array[1, 6])
            .Sample((destroyed, kept) =>
            {
                var tree = KeyTree.Generate();
                var punctured = destroyed.Aggregate(tree, (current, leaf) => current.Without(leaf));

                Assert.All(destroyed, leaf => Assert.Null(KeyOf(punctured, leaf)));
                Assert.All(
                    kept.Where(leaf => !destroyed.Any(other => SharesNode(leaf, other))),
                    leaf => Assert.Equal(KeyOf(tree, leaf), KeyOf(punctured, leaf)));
            });

    [Fact]
    public void What_was_written_derives_the_same_keys() =>
        Gen.Select(Leaf.Array[0, 4], Leaf.Array[1, 4]).Sample((destroyed, leaves) =>
        {
            var tree = destroyed.Aggregate(KeyTree.Generate(), (current, leaf) => current.Without(leaf));

            var read = KeyTree.Read(tree.Write())!;

            Assert.All(leaves.Concat(destroyed), leaf => Assert.Equal(KeyOf(tree, leaf), KeyOf(read, leaf)));
        });

    [Fact]
    public void Leaves_that_share_a_node_have_keys_of_their_own() =>
        Leaf.Sample(leaf =>
        {
            var tree = KeyTree.Generate();
            byte[] other = [.. leaf[..^1], (byte)(leaf[^1] ^ 1)];

            Assert.NotEqual(KeyOf(tree, leaf), KeyOf(tree, other));
        });

    [Fact]
    public void A_destroyed_leaf_costs_at_most_240_nodes()
    {
        var tree = KeyTree.Generate().Without(new byte[KeyTree.LeafSizeBytes]);

        Assert.Equal(15 * KeyTree.Depth, tree.NodeCount);
        Assert.Equal(tree.NodeCount, tree.Without(new byte[KeyTree.LeafSizeBytes]).NodeCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(42)]
    public void Bytes_of_another_length_are_no_tree(int length) => Assert.Null(KeyTree.Read(new byte[length]));

    [Fact]
    public void A_node_that_is_too_deep_or_has_digits_below_its_depth_is_no_tree()
    {
        Assert.Null(KeyTree.Read([KeyTree.Depth + 1, .. new byte[40]]));
        Assert.Null(KeyTree.Read([1, 0, 0, 0, 0, 0, 0, 0, 1, .. new byte[32]]));
    }

    private static bool SharesNode(byte[] left, byte[] right) => left.AsSpan(0, 8).SequenceEqual(right.AsSpan(0, 8));

    private static byte[]? KeyOf(KeyTree tree, byte[] leaf)
    {
        var key = new byte[KeyTree.KeySizeBytes];
        return tree.TryDerive(leaf, key) ? key : null;
    }
}
