using System.Text.Json;

namespace Terroir.Provenance.Json;

/// <summary>A Sigstore bundle, version 0.3, of an envelope that a plain public key signed. Tools of others read it.
/// </summary>
/// <param name="MediaType">Its version.</param>
/// <param name="VerificationMaterial">A hint to the key, and no entries of Sigstore's own log.</param>
/// <param name="DsseEnvelope">The envelope.</param>
public sealed record SigstoreBundle(
    string MediaType,
    SigstoreMaterial VerificationMaterial,
    DsseEnvelope DsseEnvelope)
{
    /// <summary>The version that we write and read.</summary>
    public const string Version = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /// <summary>The greatest length in bytes that is read.</summary>
    public const int LengthMax = 16 << 20;

    private const string Kind = "bundle";

    /// <summary>Packs an envelope.</summary>
    /// <param name="envelope">The envelope; the <c>keyid</c> of its first signature is the hint.</param>
    public static SigstoreBundle Of(DsseEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var material = new SigstoreMaterial(
            new SigstoreKeyHint(envelope.Signatures[0].Keyid ?? ""),
            TlogEntries: [],
            new SigstoreTimestamps([]));
        return new SigstoreBundle(Version, material, envelope);
    }

    /// <summary>Reads a bundle.</summary>
    /// <param name="json">JSON in UTF-8.</param>
    /// <exception cref="ProofFormatException">It is no bundle of this version with an envelope.</exception>
    public static SigstoreBundle Parse(ReadOnlySpan<byte> json)
    {
        ProofLength.Check(json, LengthMax, Kind);
        try
        {
            var bundle = JsonSerializer.Deserialize(json, ProofJson.Default.SigstoreBundle);
            if (bundle is not { MediaType: Version, DsseEnvelope: not null })
            {
                throw new ProofFormatException(Kind, $"it is none of {Version} with an envelope");
            }

            _ = bundle.DsseEnvelope.Checked();
            return bundle;
        }
        catch (JsonException)
        {
            throw new ProofFormatException(Kind, "it is no JSON of a bundle");
        }
    }

    /// <summary>Returns the bundle as JSON in UTF-8.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ProofJson.Default.SigstoreBundle);
}
