using System.Text;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Tests.Merkle;

namespace Terroir.Provenance.Tests.Notes;

public sealed class WitnessTests
{
    private static readonly MerkleTree Tree = TestLedger.TreeOf(50);

    private static readonly NoteSigner[] Signers = [Keys.First, Keys.Quantum];

    [Fact]
    public void A_log_that_grew_is_cosigned()
    {
        var answer = Ask(Request(20, 50), 20);

        Assert.Equal((200, 50L), (answer.Status, answer.Update!.Size));
        var cosigned = Cosignatures.Add(
            Encoding.UTF8.GetBytes(answer.Body),
            Signed(50),
            Signers.Select(signer => signer.Key));
        Assert.Equal(2, cosigned.Verify(Signers.Select(signer => signer.Key))!.Count);
        Assert.Equal(3, cosigned.Signatures.Count);
    }

    [Fact]
    public void A_log_that_was_never_seen_begins_with_any_size() =>
        Assert.Equal(200, Ask(new AddCheckpointRequest(0, [], Signed(50)), 0).Status);

    [Fact]
    public void The_same_checkpoint_is_cosigned_again() => Assert.Equal(200, Ask(Request(50, 50), 50).Status);

    [Fact]
    public void An_unknown_log_gets_404()
    {
        var answer = Witness.Answer(Request(20, 50).ToBytes(), _ => null, Signers);

        Assert.Equal((404, null), (answer.Status, answer.Update));
    }

    [Fact]
    public void A_checkpoint_that_no_trusted_key_signed_gets_403()
    {
        var request = Request(20, 50) with
        {
            Checkpoint = SignedNote.Sign(
                Signed(50).Text,
                NoteSigner.Ed25519(Keys.Origin, Keys.Site(9))),
        };

        Assert.Equal(403, Ask(request, 20).Status);
    }

    [Fact]
    public void An_old_size_above_the_new_one_gets_400() =>
        Assert.Equal(400, Ask(new AddCheckpointRequest(50, [], Signed(20)), 50).Status);

    [Fact]
    public void Another_old_size_than_the_last_gets_409_and_the_last()
    {
        var answer = Ask(Request(20, 50), 30);

        Assert.Equal((409, "text/x.tlog.size", "30\n"), (answer.Status, answer.ContentType, answer.Body));
        Assert.Null(answer.Update);
    }

    [Fact]
    public void Another_root_for_the_last_size_gets_409()
    {
        var forked = new Checkpoint(Keys.Origin, 20, MerkleHash.OfEmptyTree).ToText();

        Assert.Equal(409, Ask(new AddCheckpointRequest(20, [], SignedNote.Sign(forked, Keys.Log)), 20).Status);
    }

    [Fact]
    public void A_proof_that_shows_nothing_gets_422()
    {
        var request = Request(20, 50);

        Assert.Equal(422, Ask(request with { Proof = [.. request.Proof.Skip(1)] }, 20).Status);
        Assert.Equal(422, Ask(request with { OldSize = 0 }, 0).Status);
        Assert.Equal(422, Ask(Request(20, 20) with { Proof = [MerkleHash.OfEmptyTree] }, 20).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 20\n\n")]
    [InlineData("new 20\n\ntext\n\n— a AAAAAQI=\n")]
    [InlineData("old 020\n\ntext\n\n— a AAAAAQI=\n")]
    [InlineData("old 20\nno hash\n\ntext\n\n— a AAAAAQI=\n")]
    [InlineData("old 20\n\nno checkpoint\n\n— a AAAAAQI=\n")]
    public void What_is_no_request_gets_400(string body) =>
        Assert.Equal(400, Witness.Answer(Encoding.UTF8.GetBytes(body), Known(20), Signers).Status);

    // The example of C2SP tlog-witness: it is read, and written again byte by byte.
    [Fact]
    public void The_example_of_the_specification_is_read_and_written_again()
    {
        const string example =
            """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa
            """
            + " Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
            + "— example.com/behind-the-sofa "
            + "opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=\n";
        var request = AddCheckpointRequest.Parse(Encoding.UTF8.GetBytes(example));

        Assert.Equal((20_852_014L, 4), (request.OldSize, request.Proof.Count));
        Assert.Equal(example, Encoding.UTF8.GetString(request.ToBytes()));
    }

    [Fact]
    public void An_answer_with_a_false_cosignature_is_refused()
    {
        var other = Keys.First.Sign(Signed(20).Text).ToLine();

        Assert.Throws<ProofFormatException>(
            () => Cosignatures.Add(Encoding.UTF8.GetBytes(other), Signed(50), [Keys.First.Key]));
        Assert.Single(Cosignatures.Add(Encoding.UTF8.GetBytes(other), Signed(50), []).Signatures);
    }

    private static WitnessAnswer Ask(AddCheckpointRequest request, long last) =>
        Witness.Answer(request.ToBytes(), Known(last), Signers);

    private static Func<string, WitnessedLog?> Known(long size) => origin =>
        string.Equals(origin, Keys.Origin, StringComparison.Ordinal)
            ? new WitnessedLog([Keys.Log.Key], size, MerkleProofs.Root(size, Tree)!.Value)
            : null;

    private static AddCheckpointRequest Request(long oldSize, long size) =>
        new(oldSize, MerkleProofs.Consistency(oldSize, size, Tree)!, Signed(size));

    private static SignedNote Signed(long size) =>
        SignedNote.Sign(new Checkpoint(Keys.Origin, size, MerkleProofs.Root(size, Tree)!.Value).ToText(), Keys.Log);
}
