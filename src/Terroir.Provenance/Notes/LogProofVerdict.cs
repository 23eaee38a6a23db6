namespace Terroir.Provenance.Notes;

/// <summary>What a proof of logging shows.</summary>
/// <param name="Checkpoint">How the policy judged the checkpoint.</param>
/// <param name="IsIncluded">Whether the leaf is in the tree that the checkpoint names, whoever signed that.</param>
public sealed record LogProofVerdict(PolicyVerdict Checkpoint, bool IsIncluded)
{
    /// <summary>Whether the leaf is in a log that one trusts.</summary>
    public bool IsProven => IsIncluded && Checkpoint.IsTrusted;
}
