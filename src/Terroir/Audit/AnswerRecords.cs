using Terroir.Provenance.Receipts;

namespace Terroir.Audit;

/// <summary>Reads kept receipts and what opens them, without their proof.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
public sealed class AnswerRecords
{
    private readonly ConfidentialObjects _objects;
    private readonly LedgerIdentity _identity;

    internal AnswerRecords(ConfidentialObjects objects, LedgerIdentity identity) =>
        (_objects, _identity) = (objects, identity);

    /// <summary>Reads what is kept of an answer.</summary>
    /// <param name="receipt">The id of its receipt.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The record; <see langword="null"/> if there is none, or its person's key was destroyed.</returns>
    /// <exception cref="ProofFormatException">What is kept is no receipt of this site with this id, or what opens it
    /// does not fit.</exception>
    /// <exception cref="BlobCorruptException">It is sealed, and was changed since.</exception>
    public async Task<AnswerRecord?> ReadAsync(ContentHash receipt, CancellationToken cancellationToken)
    {
        if (await ReceiptFile.TryReadAsync(_objects, receipt, cancellationToken) is not { } kept)
        {
            return null;
        }

        var report = await ReceiptVerifier.VerifyAsync(
            new ReceiptEvidence
            {
                Bundle = kept.Bundle,
                Keys = [_identity.SigningKey.PublicKey],
                Openings = kept.Openings,
            },
            cancellationToken);
        var statement = Provenance.Json.SigstoreBundle.Parse(kept.Bundle).DsseEnvelope.Payload;
        return report is { IsProven: true, Receipt: { } stated } && ContentHash.Of(statement) == receipt
            ? new AnswerRecord(receipt, kept.Asker, stated, ReceiptOpenings.Parse(kept.Openings))
            : throw new ProofFormatException("kept receipt", "this site did not sign it, or it was changed since");
    }
}

/// <summary>What is kept of an answer.</summary>
/// <param name="Id">The id of its receipt.</param>
/// <param name="Asker">The id of the person who asked, such as <c>user:anne</c>.</param>
/// <param name="Receipt">What the site stated.</param>
/// <param name="Openings">What shows its commitments, as far as it was not erased.</param>
public sealed record AnswerRecord(
    ContentHash Id,
    string Asker,
    AnswerReceipt Receipt,
    ReceiptOpenings Openings)
{
    private const int HashLength = 32;

    /// <summary>The version that a citation is from: the hash of the original bytes.</summary>
    /// <param name="citation">The place of the citation, from 0.</param>
    /// <returns>The version; <see langword="null"/> once it was erased.</returns>
    public ContentHash? VersionOf(int citation) =>
        Openings.Citations?.ElementAtOrDefault(citation)?.Version is { Content.Length: HashLength } opening
            ? ContentHash.FromDigest(opening.Content)
            : null;
}
