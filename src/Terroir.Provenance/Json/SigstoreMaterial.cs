using System.Text.Json;

namespace Terroir.Provenance.Json;

/// <summary>What a bundle says of how to verify it.</summary>
/// <param name="PublicKey">A hint to the key.</param>
/// <param name="TlogEntries">Entries of Sigstore's log; we write none and read none.</param>
/// <param name="TimestampVerificationData">Tokens of RFC 3161; we write none and read none.</param>
public sealed record SigstoreMaterial(
    SigstoreKeyHint? PublicKey,
    IReadOnlyList<JsonElement>? TlogEntries,
    SigstoreTimestamps? TimestampVerificationData);

/// <summary>Which key verifies a bundle.</summary>
/// <param name="Hint">The <c>keyid</c> of the envelope.</param>
public sealed record SigstoreKeyHint(string? Hint);

/// <summary>Signed times of a bundle.</summary>
/// <param name="Rfc3161Timestamps">Tokens of RFC 3161.</param>
public sealed record SigstoreTimestamps(IReadOnlyList<JsonElement>? Rfc3161Timestamps);
