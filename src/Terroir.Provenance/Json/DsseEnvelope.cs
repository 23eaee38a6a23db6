using System.Text;
using System.Text.Json;

namespace Terroir.Provenance.Json;

/// <summary>A signed payload (DSSE, github.com/secure-systems-lab/dsse, version 1).</summary>
/// <param name="PayloadType">What the payload is: a media type or another URI.</param>
/// <param name="Payload">The bytes that were signed.</param>
/// <param name="Signatures">One or more. They identify nothing: another one may hold for the same payload.</param>
/// <remarks>Reading verifies nothing; the payload counts only once <see cref="IsSignedBy"/> says so.</remarks>
public sealed record DsseEnvelope(string PayloadType, byte[] Payload, IReadOnlyList<DsseSignature> Signatures)
{
    /// <summary>The greatest length in bytes that is read: that of a manifest of millions of objects.</summary>
    public const int LengthMax = 512 << 20;

    /// <summary>How many signatures an envelope may have.</summary>
    public const int SignaturesMax = 16;

    private const string Kind = "envelope";

    /// <summary>Signs a payload with Ed25519.</summary>
    /// <param name="payloadType">What it is.</param>
    /// <param name="payload">The bytes.</param>
    /// <param name="key">The site's key; its id is the envelope's <c>keyid</c>.</param>
    public static DsseEnvelope Sign(string payloadType, byte[] payload, SiteKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var signature = new DsseSignature(key.Id.Hex, key.Sign(Encode(payloadType, payload)));
        return new DsseEnvelope(payloadType, payload, [signature]);
    }

    /// <summary>Reads an envelope.</summary>
    /// <param name="json">JSON in UTF-8.</param>
    /// <exception cref="ProofFormatException">It is no envelope.</exception>
    public static DsseEnvelope Parse(ReadOnlySpan<byte> json)
    {
        ProofLength.Check(json, LengthMax, Kind);
        try
        {
            return (JsonSerializer.Deserialize(json, ProofJson.Default.DsseEnvelope) ?? throw new JsonException())
                .Checked();
        }
        catch (JsonException)
        {
            throw new ProofFormatException(Kind, "it is no JSON with payloadType, payload and signatures");
        }
    }

    /// <summary>The pre-authentication encoding, which is what is signed: lengths in front, so that no two inputs read
    /// the same.</summary>
    /// <param name="payloadType">What the payload is.</param>
    /// <param name="payload">The payload.</param>
    public static byte[] Encode(string payloadType, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(payloadType);
        var length = Encoding.UTF8.GetByteCount(payloadType);
        return [.. Encoding.UTF8.GetBytes($"DSSEv1 {length} {payloadType} {payload.Length} "), .. payload];
    }

    /// <summary>Whether a key signed the payload as what <see cref="PayloadType"/> says.</summary>
    /// <param name="publicKey">32 bytes of Ed25519.</param>
    public bool IsSignedBy(ReadOnlySpan<byte> publicKey)
    {
        var signed = Encode(PayloadType, Payload);
        foreach (var signature in Signatures)
        {
            if (SiteKey.Verify(publicKey, signed, signature.Sig))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns the envelope as JSON in UTF-8.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ProofJson.Default.DsseEnvelope);

    /// <summary>Returns it if its members are there, as JSON that was read need not have them.</summary>
    internal DsseEnvelope Checked() =>
        PayloadType is not null
        && Payload is not null
        && Signatures is { Count: > 0 and <= SignaturesMax }
        && Signatures.All(signature => signature?.Sig is not null)
            ? this
            : throw new JsonException();
}
