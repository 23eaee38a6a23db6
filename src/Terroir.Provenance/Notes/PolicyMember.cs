namespace Terroir.Provenance.Notes;

/// <summary>A witness of a policy, or a group of which some members must have witnessed.</summary>
/// <param name="Key">The key of a witness; <see langword="null"/> for a group.</param>
/// <param name="Threshold">How many members of a group are needed.</param>
/// <param name="Members">The members of a group.</param>
internal sealed record PolicyMember(VerifierKey? Key, int Threshold, IReadOnlyList<PolicyMember> Members)
{
    /// <summary>Whether these signatures make it one that has witnessed. Groups name only what stands above them, so
    /// this ends.</summary>
    public bool IsReached(IReadOnlyList<VerifiedSignature> signatures) => Key is null
        ? Members.Count(member => member.IsReached(signatures)) >= Threshold
        : signatures.Any(signature => signature.Key == Key);
}
