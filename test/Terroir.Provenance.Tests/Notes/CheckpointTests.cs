using System.Text;
using CsCheck;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;

namespace Terroir.Provenance.Tests.Notes;

public sealed class CheckpointTests
{
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    // The example of C2SP tlog-cosignature.
    private const string Example =
        $"example.com/behind-the-sofa\n20852163\n{Root}\n\n"
        + "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+"
        + "zyWE+xeMcTOAYQ8=\n"
        + "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5n"
        + "No0xUe+mbIUBkBIfZ+qnA==\n";

    [Fact]
    public void The_example_of_the_specification_is_read_and_written_again()
    {
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(Example));
        var checkpoint = Checkpoint.Parse(note.Text);

        Assert.Equal(("example.com/behind-the-sofa", 20_852_163L), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal(Root, checkpoint.Root.ToString());
        Assert.Equal(note.Text, checkpoint.ToText());
        Assert.Equal(Example, Encoding.UTF8.GetString(note.ToBytes()));

        // The time of the cosignature, which the specification prints: 1679315147.
        Assert.Equal([0, 0, 0, 0, 0x64, 0x18, 0x50, 0xCB], note.Signatures[1].Signature[..8].ToArray());
        Assert.Equal(8 + 64, note.Signatures[1].Signature.Length);
    }

    [Theory]
    [InlineData("a\n1\n" + Root)]
    [InlineData("a\n1\n")]
    [InlineData("\n1\n" + Root + "\n")]
    [InlineData("a\n01\n" + Root + "\n")]
    [InlineData("a\n-1\n" + Root + "\n")]
    [InlineData("a\n+1\n" + Root + "\n")]
    [InlineData("a\n1 \n" + Root + "\n")]
    [InlineData("a\n1\0\n" + Root + "\n")]
    [InlineData("a\n9223372036854775808\n" + Root + "\n")]
    [InlineData("a\n1\n" + Root + " \n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jx\n")]
    [InlineData("a\n1\n" + Root + "\n\nmore\n")]
    [InlineData("a\n1\n" + Root + "\n1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n1\n2\n3\n4\n5\n6\n7\n")]
    [InlineData("")]
    public void What_is_not_spelt_as_a_checkpoint_is_none(string text) =>
        Assert.Throws<ProofFormatException>(() => Checkpoint.Parse(text));

    [Fact]
    public void The_longest_origin_is_one_that_a_byte_can_count()
    {
        Assert.Equal(255, Checkpoint.Parse($"{new string('a', 255)}\n0\n{Root}\n").Origin.Length);
        Assert.Throws<ProofFormatException>(() => Checkpoint.Parse($"{new string('é', 128)}\n0\n{Root}\n"));
    }

    [Fact]
    public void A_cosignature_holds_with_its_time_and_with_no_other()
    {
        var text = new Checkpoint(Keys.Origin, 5, MerkleHash.OfEmptyTree).ToText();
        foreach (var signer in (NoteSigner[])[Keys.First, Keys.Quantum])
        {
            var signature = signer.Sign(text).Signature.ToArray();

            Assert.True(signer.Key.Verify(text, signature, out var time));
            Assert.Equal(Keys.Now, time);

            signature[7] ^= 1;
            Assert.False(signer.Key.Verify(text, signature, out _));
            signature[7] ^= 1;
            signature[0] |= 0x80;
            Assert.False(signer.Key.Verify(text, signature, out _));
            Assert.False(signer.Key.Verify(text, signature.AsSpan(0, 7), out _));
        }
    }

    // Written from the structure in C2SP tlog-cosignature by hand, not by the code under test.
    [Fact]
    public void What_ml_dsa_44_signs_is_the_structure_of_the_specification()
    {
        var root = MerkleHash.OfLeaf("leaf"u8);
        var signature = Keys.Quantum.Sign(new Checkpoint("abc", 258, root).ToText()).Signature.Span;
        byte[] message =
        [
            .. "subtree/v1\n\0"u8, 17, .. "witness.example/3"u8, .. new byte[8],
            3, .. "abc"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, .. root.ToArray(),
        ];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(13 + 17), Keys.Now);

        Assert.True(MlDsa44Key.Verify(Keys.Quantum.Key.PublicKey.Span, message, signature[8..]));
    }

    [Fact]
    public void What_ed25519_cosigns_is_the_text_of_the_specification()
    {
        var text = new Checkpoint("abc", 258, MerkleHash.OfEmptyTree).ToText();
        var signature = Keys.First.Sign(text).Signature.Span;

        Assert.True(SiteKey.Verify(
            Keys.First.Key.PublicKey.Span,
            Encoding.UTF8.GetBytes($"cosignature/v1\ntime {Keys.Now}\n{text}"),
            signature[8..]));
    }

    [Fact]
    public void Only_checkpoints_are_cosigned() =>
        Assert.Throws<ProofFormatException>(() => SignedNote.Sign("any text\n", Keys.First));

    [Fact]
    public void Every_checkpoint_is_read_as_what_it_was_written_from() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Byte.Array[32], Gen.String[Gen.Char['a', 'z'], 1, 20].Array[0, 3])
            .Sample((size, root, lines) =>
            {
                var checkpoint = new Checkpoint("origin with spaces", size, MerkleHash.FromBytes(root), lines);
                var again = Checkpoint.Parse(checkpoint.ToText());

                Assert.Equal(checkpoint.ToText(), again.ToText());
                Assert.Equal((size, checkpoint.Root), (again.Size, again.Root));
                Assert.Equal(lines, again.Extensions, StringComparer.Ordinal);
            });
}
