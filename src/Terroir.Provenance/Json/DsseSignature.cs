namespace Terroir.Provenance.Json;

/// <summary>One signature of an envelope.</summary>
/// <param name="Keyid">A hint to the key, which nothing vouches for; ours is the SHA-256 of the public key.</param>
/// <param name="Sig">The signature.</param>
public sealed record DsseSignature(string? Keyid, byte[] Sig);
