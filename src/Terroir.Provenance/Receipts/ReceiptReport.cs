namespace Terroir.Provenance.Receipts;

/// <summary>What the verification of a receipt, or of an extract, found.</summary>
/// <param name="Receipt">What the site states; <see langword="null"/> if the file is no receipt. It counts only if
/// <see cref="IsProven"/>.</param>
/// <param name="Statements">What is proven.</param>
/// <param name="Failed">What is false, or cannot be right.</param>
/// <param name="NotShown">What nothing that was given shows: kept back, erased, or only stated by the site.</param>
public sealed record ReceiptReport(
    AnswerReceipt? Receipt,
    IReadOnlyList<Finding> Statements,
    IReadOnlyList<Finding> Failed,
    IReadOnlyList<Finding> NotShown)
{
    /// <summary>Whether the file is an extract of the ledger, and no receipt.</summary>
    public bool IsOfExtract { get; init; }

    /// <summary>Whether the file is an erasure certificate, and no receipt.</summary>
    public bool IsOfErasure { get; init; }

    /// <summary>Whether a trusted key signed the file and nothing that was given speaks against it.</summary>
    public bool IsProven =>
        Failed.Count == 0
        && Statements.Any(statement => statement.Code
            is FindingCode.SignatureHolds or FindingCode.ExtractSigned or FindingCode.CertificateSigned);
}
