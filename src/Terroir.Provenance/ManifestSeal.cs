using System.Text.Json;
using Terroir.Provenance.Json;

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
        var payload = JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.GenerationManifest);
        return DsseEnvelope.Sign(PayloadType, payload, key).ToBytes();
    }

    /// <summary>Opens a sealed manifest.</summary>
    /// <param name="sealedManifest">The bytes.</param>
    /// <param name="publicKey">The site's public key: 32 bytes.</param>
    /// <returns>The manifest, or <see langword="null"/> if the bytes are not one that this key signed.</returns>
    public static GenerationManifest? Open(ReadOnlySpan<byte> sealedManifest, ReadOnlySpan<byte> publicKey)
    {
        try
        {
            var envelope = DsseEnvelope.Parse(sealedManifest);
            if (envelope.PayloadType is not PayloadType || !envelope.IsSignedBy(publicKey))
            {
                return null;
            }

            var manifest = JsonSerializer.Deserialize(envelope.Payload, ManifestJson.Default.GenerationManifest);
            return manifest is { Format: 1 } ? manifest : null;
        }
        catch (Exception exception) when (exception is JsonException or ProofFormatException)
        {
            return null;
        }
    }
}
