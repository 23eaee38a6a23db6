using Terroir.Provenance.Json;

namespace Terroir.Provenance.Receipts;

/// <summary>Whether one of the keys that are trusted signed an envelope.</summary>
internal static class SignatureCheck
{
    /// <summary>Adds what is found.</summary>
    /// <param name="evidence">The keys.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="signed">What is proven if one of them did; its value is the hash of that key.</param>
    /// <param name="notSigned">What failed if none did.</param>
    /// <param name="findings">Where it is added.</param>
    public static void Run(
        ReceiptEvidence evidence,
        DsseEnvelope envelope,
        FindingCode signed,
        FindingCode notSigned,
        Findings findings)
    {
        var keys = evidence.TrustedKeys.ToList();
        if (keys.Count == 0)
        {
            findings.Fail(FindingCode.NoKey);
        }
        else if (keys.Find(key => envelope.IsSignedBy(key.Span)) is { Length: > 0 } signer)
        {
            findings.Prove(signed, ContentHash.Of(signer.Span).Hex);
        }
        else
        {
            findings.Fail(notSigned);
        }
    }
}
