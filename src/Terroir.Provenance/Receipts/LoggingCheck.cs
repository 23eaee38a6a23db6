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

        var verdict = policy.Check(SignedNote.Parse(bytes));
        if (Trusted(verdict, policy, findings) is not { } checkpoint)
        {
            return;
        }

        var minimum = await ReadMinimumAsync(ledger, verdict.Log!, cancellationToken).ConfigureAwait(false);
        if (proof?.Index < minimum)
        {
            findings.Miss(FindingCode.PrunedFromLedger, NoteText.Number(proof.Index), NoteText.Number(minimum));
        }
        else if (await LedgerScan.FindAsync(ledger, checkpoint, minimum, leaf, proof?.Index, cancellationToken)
            .ConfigureAwait(false) is not null)
        {
            findings.Prove(FindingCode.InLedger, NoteText.Number(checkpoint.Size), checkpoint.Origin);
        }
        else if (minimum > 0 && proof is null)
        {
            findings.Fail(FindingCode.NotInRest, NoteText.Number(minimum));
        }
        else
        {
            findings.Fail(FindingCode.NotInLedger);
        }

        if (proof is not null)
        {
            await CheckGrowthAsync(ledger, checkpoint, minimum, proof, findings, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    // Only what the log signed: somebody else must not be able to say that what is missing was pruned.
    private static async ValueTask<long> ReadMinimumAsync(
        ILedgerSource ledger,
        VerifierKey log,
        CancellationToken cancellationToken) =>
        await ledger.ReadMinimumIndexAsync(cancellationToken).ConfigureAwait(false) is not { } note ? 0
        : MinimumIndex.TryOpen(note, log) is { } minimum ? minimum.Index
        : throw new ProofFormatException("ledger", "its minimum index is not signed by the log");

    private static async ValueTask CheckGrowthAsync(
        ILedgerSource ledger,
        Checkpoint now,
        long minimum,
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

        if (then.Size < minimum)
        {
            findings.Miss(FindingCode.GrowthPruned, NoteText.Number(then.Size), NoteText.Number(minimum));
        }
        else if (await LedgerScan.IsGrownAsync(ledger, then, now, cancellationToken).ConfigureAwait(false))
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
