using System.Text;
using Terroir.Provenance;
using Terroir.Provenance.Notes;
using Terroir.Server.Witnesses;

namespace Terroir.Server.Tests;

/// <summary>The policy that a site gives out for its own receipts.</summary>
public sealed class WitnessPolicyTests
{
    private static readonly VerifierKey Log = NoteSigner.Ed25519("terroir.example/site", KeyOf(1)).Key;

    [Fact]
    public void Without_witnesses_it_asks_for_none() => Assert.Equal(
        $"log {Log}\nquorum none\n",
        WitnessPolicy.Write(Log, new LedgerOptions()),
        StringComparer.Ordinal);

    [Theory]
    [InlineData(0, 3, true)]
    [InlineData(0, 2, false)]
    [InlineData(2, 2, true)]
    [InlineData(2, 1, false)]
    public void It_asks_for_as_many_witnesses_as_the_settings_do(int quorum, int cosigning, bool isProven)
    {
        var signers = Enumerable.Range(2, 3).Select(Cosigner).ToList();
        var options = new LedgerOptions
        {
            Quorum = quorum,
            Witnesses = [.. signers.Select(signer => new DeclaredWitness { Keys = [$"{signer.Key}"] })],
        };
        var policy = TrustPolicy.Parse(Encoding.UTF8.GetBytes(WitnessPolicy.Write(Log, options)));

        Assert.Equal(isProven, IsTrusted(policy, signers.Take(cosigning)));
    }

    [Fact]
    public void A_witness_with_two_keys_counts_once_by_either()
    {
        var (first, second, other) = (Cosigner(2), Cosigner(3), Cosigner(4));
        var options = new LedgerOptions
        {
            Quorum = 2,
            Witnesses =
            [
                new DeclaredWitness { Keys = [$"{first.Key}", $"{second.Key}"] },
                new DeclaredWitness { Keys = [$"{other.Key}"] },
            ],
        };
        var policy = TrustPolicy.Parse(Encoding.UTF8.GetBytes(WitnessPolicy.Write(Log, options)));

        Assert.False(IsTrusted(policy, [first, second]));
        Assert.True(IsTrusted(policy, [second, other]));
    }

    private static bool IsTrusted(TrustPolicy policy, IEnumerable<NoteSigner> cosigners)
    {
        var checkpoint = new Checkpoint("terroir.example/site", 0, Provenance.Merkle.MerkleHash.OfEmptyTree);
        var note = SignedNote.Sign(
            checkpoint.ToText(),
            [NoteSigner.Ed25519("terroir.example/site", KeyOf(1)), .. cosigners]);
        return policy.Check(note).IsTrusted;
    }

    private static NoteSigner Cosigner(int number) =>
        NoteSigner.Cosigner($"witness.example/{number}", KeyOf(number), TimeProvider.System);

    private static SiteKey KeyOf(int number) => SiteKey.FromSeed([.. Enumerable.Repeat((byte)number, SiteKey.Length)]);
}
