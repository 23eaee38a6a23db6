using System.Text;
using CsCheck;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Tests.Merkle;

namespace Terroir.Provenance.Tests.Notes;

public sealed class LogProofTests
{
    private const int Size = 100;

    private static readonly MerkleTree Tree = TestLedger.TreeOf(Size);
    private static readonly TrustPolicy Policy = TrustPolicy.OfLog(Keys.Log.Key);

    [Fact]
    public void A_proof_shows_its_leaf_and_no_other()
    {
        var verdict = Proof(42).Verify(Leaf(42), Policy);

        Assert.True(verdict.IsProven);
        Assert.False(Proof(42).Verify(Leaf(43), Policy).IsProven);
        Assert.False((Proof(42) with { Index = 41 }).Verify(Leaf(42), Policy).IsProven);
        Assert.False(Proof(42).Verify(Leaf(42), TrustPolicy.OfLog(Keys.First.Key)).IsProven);
    }

    [Fact]
    public void A_proof_looks_like_that_of_the_specification()
    {
        var proof = Proof(99) with { Extra = "extra"u8.ToArray() };
        var lines = Encoding.UTF8.GetString(proof.ToBytes()).Split('\n');

        Assert.Equal("c2sp.org/tlog-proof@v1", lines[0]);
        Assert.Equal("extra ZXh0cmE=", lines[1]);
        Assert.Equal("index 99", lines[2]);
        Assert.Equal(proof.Path[0].ToString(), lines[3]);
        Assert.Equal("", lines[3 + proof.Path.Count]);
        Assert.Equal(Keys.Origin, lines[4 + proof.Path.Count]);
    }

    [Fact]
    public void Every_proof_is_read_as_what_it_was_written_from() =>
        Gen.Select(Gen.Int[0, Size - 1], Gen.Byte.Array[0, 40]).Sample(
            (index, extra) =>
            {
                var bytes = (Proof(index) with { Extra = extra }).ToBytes();
                var again = LogProof.Parse(bytes);

                Assert.Equal(bytes, again.ToBytes());
                Assert.True(again.Verify(Leaf(index), Policy).IsProven);
            },
            iter: 100);

    [Fact]
    public void No_change_of_a_byte_leaves_a_proof_valid()
    {
        var bytes = Proof(42).ToBytes();

        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var changed = bytes.ToArray();
            changed[at] = value;
            if (!changed.AsSpan().SequenceEqual(bytes))
            {
                Assert.False(IsProven(changed));
            }
        });
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 01\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra \nindex 1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nextra AA==\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\n")]
    public void What_is_not_spelt_as_a_proof_is_none(string head) =>
        Assert.Throws<ProofFormatException>(
            () => LogProof.Parse([.. Encoding.UTF8.GetBytes(head), .. Proof(1).Checkpoint.ToBytes()]));

    [Fact]
    public void A_proof_has_at_most_63_hashes() =>
        Assert.Throws<ProofFormatException>(() => LogProof.Parse(
            (Proof(1) with { Path = [.. Enumerable.Repeat(MerkleHash.OfEmptyTree, 64)] }).ToBytes()));

    private static bool IsProven(byte[] bytes)
    {
        try
        {
            return LogProof.Parse(bytes).Verify(Leaf(42), Policy).IsProven;
        }
        catch (ProofFormatException)
        {
            return false;
        }
    }

    private static MerkleHash Leaf(long index) => MerkleHash.OfLeaf(TestLedger.Entry(index));

    private static LogProof Proof(int index) => new(
        index,
        MerkleProofs.Inclusion(index, Size, Tree)!,
        SignedNote.Sign(new Checkpoint(Keys.Origin, Size, Tree.Root).ToText(), Keys.Log));
}
