using System.Text.Json;
using Terroir.Provenance.Json;

namespace Terroir.Provenance.Receipts;

/// <summary>A receipt that is not signed yet, and what shows its commitments.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Openings">What shows its commitments; to be kept apart, and erased with what it shows.</param>
public sealed record ReceiptDraft(AnswerReceipt Receipt, ReceiptOpenings Openings)
{
    /// <summary>The statement in canonical form: what is signed, and what the leaf of the ledger commits to.</summary>
    public byte[] ToStatement() => new InTotoStatement(
        AnswerReceipt.SubjectName,
        Receipt.Answer,
        AnswerReceipt.PredicateType,
        JsonSerializer.SerializeToUtf8Bytes(Receipt, ReceiptJson.Default.AnswerReceipt)).ToBytes();

    /// <summary>Signs the receipt.</summary>
    /// <param name="key">The site's key.</param>
    /// <returns>The receipt as a Sigstore bundle.</returns>
    public SigstoreBundle Sign(SiteKey key) => Sign(ToStatement(), key);

    /// <summary>Signs a statement that was written already.</summary>
    /// <param name="statement">What <see cref="ToStatement"/> returned.</param>
    /// <param name="key">The site's key.</param>
    /// <returns>The receipt as a Sigstore bundle.</returns>
    public static SigstoreBundle Sign(byte[] statement, SiteKey key) =>
        SigstoreBundle.Of(DsseEnvelope.Sign(InTotoStatement.MediaType, statement, key));
}
