using System.Text;
using CsCheck;
using Terroir.Provenance.Notes;

namespace Terroir.Provenance.Tests.Notes;

public sealed class SignedNoteTests
{
    // The example of the documentation of Go's package golang.org/x/mod/sumdb/note.
    private const string GoKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private const string GoNote =
        "If you think cryptography is the answer to your problem,\n"
        + "then you don't know what your problem is.\n\n"
        + "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6Ryy"
        + "BwJnAM=\n";

    // The example of C2SP signed-note.
    private const string SpecificationNote =
        "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
        + "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihA"
        + "QwaqP3ZekRwNtIc=\n";

    private const string Signature = "— a AAAAAQI=\n";

    [Fact]
    public void A_note_that_go_signed_is_verified()
    {
        var verified = Read(GoNote).Verify([VerifierKey.Parse(GoKey)]);

        Assert.Equal(GoKey, Assert.Single(verified!).Key.ToString());
    }

    [Fact]
    public void The_example_of_the_specification_is_read_and_written_again()
    {
        var note = Read(SpecificationNote);

        Assert.EndsWith(":\n\ned è subito sera.\n", note.Text, StringComparison.Ordinal);
        Assert.Equal("quasimodo.example/salvatore", Assert.Single(note.Signatures).Name);
        Assert.Equal(SpecificationNote, Encoding.UTF8.GetString(note.ToBytes()));
    }

    [Fact]
    public void No_mangling_of_a_verifier_key_is_a_key()
    {
        for (var i = 0; i <= GoKey.Length; i++)
        {
            for (var j = i; j <= GoKey.Length; j++)
            {
                if (j - i < GoKey.Length)
                {
                    Assert.Throws<ProofFormatException>(() => VerifierKey.Parse(GoKey[i..j]));
                }
            }
        }

        for (var i = 0; i < GoKey.Length; i++)
        {
            var mangled = GoKey[..i] + (char)(GoKey[i] + 1) + GoKey[(i + 1)..];
            Assert.Throws<ProofFormatException>(() => VerifierKey.Parse(mangled));
        }
    }

    // Both are of Go's tests: a key of another length, and an unknown type, each with the right id.
    [Theory]
    [InlineData("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")]
    [InlineData("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void A_key_of_another_length_or_type_is_none(string text) =>
        Assert.Throws<ProofFormatException>(() => VerifierKey.Parse(text));

    [Theory]
    [InlineData("text\n" + Signature)]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— a AAAAAQI=")]
    [InlineData("text\n\n- a AAAAAQI=\n")]
    [InlineData("text\n\n— a+b AAAAAQI=\n")]
    [InlineData("text\n\n— a  AAAAAQI=\n")]
    [InlineData("text\n\n— a\u00a0b AAAAAQI=\n")]
    [InlineData("text\n\n—  AAAAAQI=\n")]
    [InlineData("text\n\n— a AAAAAQI= \n")]
    [InlineData("text\n\n— a AAAAAQ==\n")]
    [InlineData("text\n\n— a AAAAAQI\n")]
    [InlineData("text\n\n— a AAAAAQJ=\n")]
    [InlineData("text\r\n\n" + Signature)]
    [InlineData("te\0xt\n\n" + Signature)]
    [InlineData("")]
    public void What_is_not_spelt_as_a_note_is_none(string text) =>
        Assert.Throws<ProofFormatException>(() => Read(text));

    [Fact]
    public void Bytes_that_are_not_utf_8_are_no_note() =>
        Assert.Throws<ProofFormatException>(
            () => SignedNote.Parse([0xC3, 0x28, .. Encoding.UTF8.GetBytes("\n\n" + Signature)]));

    [Fact]
    public void Sixty_four_signatures_are_read_and_no_more()
    {
        Assert.Equal(64, Read("text\n\n" + string.Concat(Enumerable.Repeat(Signature, 64))).Signatures.Count);
        Assert.Throws<ProofFormatException>(
            () => Read("text\n\n" + string.Concat(Enumerable.Repeat(Signature, 65))));
    }

    [Fact]
    public void Sixteen_signatures_of_ml_dsa_44_fit()
    {
        var text = new Checkpoint(Keys.Origin, 0, Provenance.Merkle.MerkleHash.OfEmptyTree).ToText();
        var note = SignedNote.Sign(text, [.. Enumerable.Repeat(Keys.Quantum, 16)]);

        Assert.Single(note.Verify([Keys.Quantum.Key])!);
    }

    [Fact]
    public void Signatures_of_unknown_keys_are_passed_over_and_false_ones_of_known_keys_are_not()
    {
        var note = SignedNote.Sign("text\n", Keys.Log);
        var forged = Read(Encoding.UTF8.GetString(note.ToBytes()).Replace("text", "Text", StringComparison.Ordinal));

        Assert.Empty(note.Verify([VerifierKey.Parse(GoKey)])!);
        Assert.Empty(forged.Verify([VerifierKey.Parse(GoKey)])!);
        Assert.Null(forged.Verify([Keys.Log.Key]));
    }

    [Fact]
    public void A_name_without_its_id_or_an_id_without_its_name_is_another_key()
    {
        var note = SignedNote.Sign("text\n", Keys.Log);
        var renamed = VerifierKey.Create("other.example", SignatureType.Ed25519, Keys.Log.Key.PublicKey.Span);

        Assert.Empty(note.Verify([renamed])!);
    }

    [Fact]
    public void No_change_of_a_byte_leaves_a_note_verified()
    {
        var bytes = SignedNote.Sign("a line\n\nanother line\n", Keys.Log).ToBytes();

        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var changed = bytes.ToArray();
            changed[at] = value;
            if (!changed.AsSpan().SequenceEqual(bytes))
            {
                Assert.False(IsVerified(changed));
            }
        });
    }

    private static bool IsVerified(byte[] bytes)
    {
        try
        {
            return SignedNote.Parse(bytes).Verify([Keys.Log.Key]) is { Count: > 0 };
        }
        catch (ProofFormatException)
        {
            return false;
        }
    }

    private static SignedNote Read(string text) => SignedNote.Parse(Encoding.UTF8.GetBytes(text));
}
