using System.Text;
using System.Text.Json;

namespace Terroir.Provenance;

/// <summary>Signs manifests and opens signed ones: a DSSE envelope with an Ed25519 signature.</summary>
public static class ManifestSeal
{
    private const string PayloadType = "application/vnd.terroir.manifest+json";

    /// <summary>Signs a manifest.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="key">The site's key.</param>
    /// <returns>The sealed bytes: what is stored, and what the next manifest names by hash.</returns>
    public static byte[] Seal(GenerationManifest manifest, SiteKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var payload = JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.GenerationManifest);
        var signature = new EnvelopeSignature(key.Id.Hex, key.Sign(Encode(payload)));
        return JsonSerializer.SerializeToUtf8Bytes(
            new Envelope(PayloadType, payload, [signature]),
            ManifestJson.Default.Envelope);
    }

    /// <summary>Opens a sealed manifest.</summary>
    /// <param name="sealedManifest">The bytes.</param>
    /// <param name="publicKey">The site's public key: 32 bytes.</param>
    /// <returns>The manifest, or <see langword="null"/> if the bytes are not one that this key signed.</returns>
    public static GenerationManifest? Open(ReadOnlySpan<byte> sealedManifest, ReadOnlySpan<byte> publicKey)
    {
        try
        {
            var envelope = JsonSerializer.Deserialize(sealedManifest, ManifestJson.Default.Envelope);
            if (envelope is not { PayloadType: PayloadType, Payload: { } payload, Signatures: [{ Sig: { } sig }, ..] }
                || !SiteKey.Verify(publicKey, Encode(payload), sig))
            {
                return null;
            }

            var manifest = JsonSerializer.Deserialize(payload, ManifestJson.Default.GenerationManifest);
            return manifest is { Format: 1 } ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The pre-authentication encoding of DSSE: lengths in front, so that no two inputs read the same.
    private static byte[] Encode(byte[] payload) =>
    [
        .. Encoding.UTF8.GetBytes($"DSSEv1 {PayloadType.Length} {PayloadType} {payload.Length} "),
        .. payload,
    ];
}
