namespace Terroir.Provenance.Notes;

/// <summary>How a policy judged a checkpoint.</summary>
/// <param name="Outcome">The judgement.</param>
/// <param name="Checkpoint">What the note says; <see langword="null"/> if it is no checkpoint.</param>
/// <param name="Log">The key of the log that signed it; <see langword="null"/> if none did.</param>
/// <param name="Witnesses">The witnesses that cosigned it, with their times.</param>
public sealed record PolicyVerdict(
    PolicyOutcome Outcome,
    Checkpoint? Checkpoint,
    VerifierKey? Log,
    IReadOnlyList<VerifiedSignature> Witnesses)
{
    /// <summary>Whether the checkpoint counts.</summary>
    public bool IsTrusted => Outcome == PolicyOutcome.Trusted;
}
