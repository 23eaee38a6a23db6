using System.Text;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;

namespace Terroir.Provenance.Tests.Notes;

public sealed class TrustPolicyTests
{
    private static readonly string Text = new Checkpoint(Keys.Origin, 7, MerkleHash.OfLeaf("leaf"u8)).ToText();

    private static readonly string Head =
        $"# Who counts, and for what.\n\nlog {Keys.Log.Key} https://log.example/\n\twitness X1 {Keys.First.Key}\n"
        + $"witness X2 {Keys.Second.Key} https://w.example/\nwitness Ÿ {Keys.Quantum.Key}\n";

    [Theory]
    [InlineData("quorum none\n", 0, 1, 2, 3, 4, 5, 6, 7)]
    [InlineData("quorum X1\n", 1, 3, 5, 7)]
    [InlineData("group all all X1 X2 Ÿ\nquorum all\n", 7)]
    [InlineData("group g any X1 X2 Ÿ\nquorum g\n", 1, 2, 3, 4, 5, 6, 7)]
    [InlineData("group g 2 X1 X2 Ÿ\nquorum g\n", 3, 5, 6, 7)]
    [InlineData("group X 1 X1 X2\ngroup both all X Ÿ\nquorum both\n", 5, 6, 7)]
    public void Those_sets_of_witnesses_suffice_that_the_quorum_says(string rules, params int[] sufficient)
    {
        var policy = Read(Head + rules);
        NoteSigner[] witnesses = [Keys.First, Keys.Second, Keys.Quantum];
        var trusted = Enumerable.Range(0, 8).Where(set => policy.Check(SignedNote.Sign(
            Text,
            [Keys.Log, .. witnesses.Where((_, i) => ((set >> i) & 1) == 1)])).IsTrusted);

        Assert.Equal(sufficient, trusted);
    }

    [Fact]
    public void A_checkpoint_says_who_signed_it_and_when()
    {
        var verdict = Read(Head + "quorum X1\n").Check(SignedNote.Sign(Text, Keys.Log, Keys.First));

        Assert.Equal(Keys.Log.Key, verdict.Log);
        Assert.Equal(7, verdict.Checkpoint!.Size);
        Assert.Equal(new VerifiedSignature(Keys.First.Key, Keys.Now), Assert.Single(verdict.Witnesses));
    }

    [Fact]
    public void A_log_counts_only_for_its_own_origin()
    {
        var policy = Read(Head + "quorum none\n");
        var other = new Checkpoint("other.example", 7, MerkleHash.OfLeaf("leaf"u8)).ToText();

        Assert.Equal(PolicyOutcome.LogUnknown, policy.Check(SignedNote.Sign(other, Keys.Log)).Outcome);
        Assert.Equal(PolicyOutcome.LogUnknown, policy.Check(SignedNote.Sign(Text, Keys.First)).Outcome);
        Assert.Equal(PolicyOutcome.NoCheckpoint, policy.Check(SignedNote.Sign("text\n", Keys.Log)).Outcome);
        Assert.Equal(
            PolicyOutcome.QuorumMissed,
            Read(Head + "quorum X1\n").Check(SignedNote.Sign(Text, Keys.Log, Keys.Second)).Outcome);
    }

    [Fact]
    public void A_false_cosignature_of_a_trusted_witness_refuses_the_whole_note()
    {
        var other = Keys.First.Sign(new Checkpoint(Keys.Origin, 8, MerkleHash.OfEmptyTree).ToText());
        var note = SignedNote.Sign(Text, Keys.Log, Keys.Second).With([other]);

        Assert.Equal(PolicyOutcome.SignatureWrong, Read(Head + "quorum X2\n").Check(note).Outcome);
        Assert.True(Read($"log {Keys.Log.Key}\nquorum none\n").Check(note).IsTrusted);
    }

    public static TheoryData<string> Faults =>
    [
        Head,
        Head + "quorum none\nquorum none\n",
        Head + "quorum X9\n",
        Head + "quorum none\ngroup g all\n",
        Head + "group g 0 X1\nquorum g\n",
        Head + "group g 2 X1\nquorum g\n",
        Head + "group g 01 X1\nquorum g\n",
        Head + "group g some X1\nquorum g\n",
        Head + "group g all X1 X1\nquorum g\n",
        Head + "group g all X1\ngroup h all X1\nquorum g\n",
        Head + "group g all g\nquorum g\n",
        Head + "group X1 all X2\nquorum X1\n",
        Head + "group none all X2\nquorum none\n",
        Head + "group g all none\nquorum g\n",
        Head + $"witness X3 {Keys.First.Key}\nquorum none\n",
        Head + $"log {Keys.Log.Key}\nquorum none\n",
        Head + $"log {Keys.Second.Key}\nquorum none\n",
        Head + $"witness W {Keys.Log.Key}\nquorum none\n",
        Head + "log PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\nquorum none\n",
        Head + "quorum none extra\n",
        Head + "Quorum none\n",
        Head + "quorum none\r\n",
        Head + "quorum\vnone\n",
        "",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_policy_that_could_be_read_in_two_ways_is_refused(string text) =>
        Assert.Throws<ProofFormatException>(() => Read(text));

    [Fact]
    public void A_fault_names_its_line() =>
        Assert.Contains(
            "line 2: ",
            Assert.Throws<ProofFormatException>(() => Read("# policy\nquorum X\n")).Message,
            StringComparison.Ordinal);

    // The specification recommends 32 of each.
    [Fact]
    public void Sixty_four_witnesses_and_groups_are_supported()
    {
        var text = new StringBuilder();
        for (var i = 0; i < TrustPolicy.CountMax; i++)
        {
            var key = VerifierKey.Create($"w{i}", SignatureType.Cosignature, Keys.Site((byte)(100 + i)).PublicKey.Span);
            text.Append("witness w").Append(i).Append(' ').Append(key).Append('\n');
            text.Append("group g").Append(i).Append(" all w").Append(i).Append('\n');
        }

        Assert.Equal(TrustPolicy.CountMax, Read(text + "quorum g63\n").Witnesses.Count());
        Assert.Throws<ProofFormatException>(() => Read(text + "group more all g63\nquorum more\n"));
    }

    private static TrustPolicy Read(string text) => TrustPolicy.Parse(Encoding.UTF8.GetBytes(text));
}
