using Terroir.Inference.Onnx.Catalogue;
using Terroir.Provenance;
using Terroir.Provenance.Json;

namespace Terroir.Server.Models;

/// <summary>Signs model cards with the key of the site, in an envelope of DSSE.</summary>
internal sealed class CardSeal(SiteKey key) : ICardSeal
{
    /// <summary>What the envelope says that it holds.</summary>
    internal const string PayloadType = "application/vnd.terroir.model-card.v1+json";

    public byte[] Canonicalize(byte[] json) => CanonicalJson.Canonicalize(json);

    public byte[] Sign(byte[] card) => DsseEnvelope.Sign(PayloadType, card, key).ToBytes();

    public bool IsSigned(byte[] card, byte[] envelope)
    {
        try
        {
            var read = DsseEnvelope.Parse(envelope);
            return string.Equals(read.PayloadType, PayloadType, StringComparison.Ordinal)
                && read.Payload.AsSpan().SequenceEqual(card)
                && read.IsSignedBy(key.PublicKey.Span);
        }
        catch (ProofFormatException)
        {
            return false;
        }
    }
}
