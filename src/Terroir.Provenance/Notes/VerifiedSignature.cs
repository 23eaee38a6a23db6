namespace Terroir.Provenance.Notes;

/// <summary>A signature that holds.</summary>
/// <param name="Key">The key that signed.</param>
/// <param name="Timestamp">When a cosigner saw the checkpoint, in seconds since 1970, by its own clock; 0 where the
/// signature says no time.</param>
public sealed record VerifiedSignature(VerifierKey Key, long Timestamp);
