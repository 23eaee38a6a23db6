using System.Globalization;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;

namespace Terroir.Provenance.Receipts;

/// <summary>Whether a receipt is in a log, by a proof, by a copy of the ledger, or by both.</summary>
internal static class LoggingCheck
{
    public static async ValueTask RunAsync(
        ReceiptEvidence evidence,
        MerkleHash leaf,
        Findings findings,
        CancellationToken cancellationToken)
    {
        var proof = Read(evidence, findings);
        if (proof is not null)
        {
            Check(proof, leaf, evidence.Policy, findings);
        }
        else if (evidence is { Proof: null, Ledger: null })
        {
            findings.Miss(FindingCode.LogNotGiven);
        }

        if (evidence.Ledger is { } ledger)
        {
            try
            {
                await CheckLedgerAsync(ledger, evidence.Policy, proof, leaf, findings, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (ProofFormatException exception)
            {
                findings.Fail(FindingCode.LedgerWrong, exception.Fault);
            }
        }
    }

    private static LogProof? Read(ReceiptEvidence evidence, Findings findings)
    {
        try
        {
            return evidence.Proof is { } bytes ? LogProof.Parse(bytes.Span) : null;
        }
        catch (ProofFormatException exception)
        {
            findings.Fail(FindingCode.NoProof, exception.Fault);
            return null;
        }
    }

    private static void Check(LogProof proof, MerkleHash leaf, TrustPolicy? policy, Findings findings)
    {
        if (policy is null)
        {
            findings.Fail(FindingCode.NoPolicy);
            return;
        }

        var verdict = proof.Verify(leaf, policy);
        if (Trusted(verdict.Checkpoint, policy, findings) is not { } checkpoint)
        {
            return;
        }

        if (verdict.IsIncluded)
        {
            findings.Prove(
                FindingCode.Logged,
                NoteText.Number(proof.Index),
                NoteText.Number(checkpoint.Size),
                checkpoint.Origin);
        }
        else
        {
            findings.Fail(FindingCode.NotLogged);
        }
    }

    /// <summary>Judges the state of a log, and tells of its witnesses.</summary>
    public static Checkpoint? Trusted(PolicyVerdict verdict, TrustPolicy policy, Findings findings)
    {
        if (!verdict.IsTrusted)
        {
            findings.Fail(verdict.Outcome switch
            {
                PolicyOutcome.LogUnknown => FindingCode.LogUnknown,
                PolicyOutcome.SignatureWrong => FindingCode.LogSignatureWrong,
                PolicyOutcome.QuorumMissed => FindingCode.QuorumMissed,
                _ => FindingCode.NoCheckpoint,
            });
            return null;
        }

        foreach (var witness in verdict.Witnesses)
        {
            findings.Prove(FindingCode.Witnessed, witness.Key.Name, Time(witness.Timestamp));
        }

        if (!policy.NeedsWitnesses)
        {
            findings.Miss(FindingCode.WitnessesNotAsked);
        }

        return verdict.Checkpoint;
    }

    private static async ValueTask CheckLedgerAsync(
        ILedgerSource ledger,
        TrustPolicy? policy,
        LogProof? proof,
        MerkleHash leaf,
        Findings findings,
        CancellationToken cancellationToken)
    {
        var bytes = await ledger.ReadCheckpointAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new ProofFormatException("ledger", "there is no checkpoint");
        if (policy is null)
        {
            findings.Fail(FindingCode.NoPolicy);
            return;
        }

        if (Trusted(policy.Check(SignedNote.Parse(bytes)), policy, findings) is not { } checkpoint)
        {
            return;
        }

        var place = await LedgerScan.FindAsync(ledger, checkpoint, leaf, proof?.Index, cancellationToken)
            .ConfigureAwait(false);
        if (place is null)
        {
            findings.Fail(FindingCode.NotInLedger);
        }
        else
        {
            findings.Prove(FindingCode.InLedger, NoteText.Number(checkpoint.Size), checkpoint.Origin);
        }

        if (proof is not null)
        {
            await CheckGrowthAsync(ledger, checkpoint, proof, findings, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask CheckGrowthAsync(
        ILedgerSource ledger,
        Checkpoint now,
        LogProof proof,
        Findings findings,
        CancellationToken cancellationToken)
    {
        var then = Checkpoint.Parse(proof.Checkpoint.Text);
        if (!string.Equals(then.Origin, now.Origin, StringComparison.Ordinal) || then.Size is 0 || then.Size > now.Size)
        {
            findings.Fail(FindingCode.LedgerWrong, "it is older than the proof, or of another log");
            return;
        }

        if (await LedgerScan.IsGrownAsync(ledger, then, now, cancellationToken).ConfigureAwait(false))
        {
            findings.Prove(FindingCode.LedgerGrew, NoteText.Number(then.Size), NoteText.Number(now.Size));
        }
        else
        {
            findings.Fail(FindingCode.LedgerForked);
        }
    }

    // Beyond the years that a date can have, the seconds themselves.
    private static string Time(long seconds) => seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString(ReceiptRules.TimeFormat, CultureInfo.InvariantCulture)
        : NoteText.Number(seconds);
}
