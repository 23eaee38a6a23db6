using Terroir.Provenance.Receipts;

namespace Terroir.Audit;

/// <summary>Makes, logs and keeps the receipts of answers.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
public interface IReceiptKeeper
{
    /// <summary>Makes a receipt, keeps it with what opens it, and logs it.</summary>
    /// <param name="asker">The id of the person who asked, such as <c>user:anne</c>.</param>
    /// <param name="describe">Says what is known of the answer.</param>
    /// <param name="cancellationToken">Stops the waiting before the receipt is logged.</param>
    /// <returns>The id of the receipt: the digest of its statement. When the call returns, it is durable.</returns>
    /// <exception cref="LedgerForkedException">The ledger is not one history any more.</exception>
    /// <exception cref="StorageFailedException">A store failed.</exception>
    Task<ContentHash> KeepAsync(
        string asker,
        Func<ReceiptContext, AnswerFacts> describe,
        CancellationToken cancellationToken);

    /// <summary>Finds a receipt.</summary>
    /// <param name="receipt">The id.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The receipt; <see langword="null"/> if there is none. Whether somebody may see it is for the caller to
    /// decide, by <see cref="KeptReceipt.Asker"/>.</returns>
    Task<KeptReceipt?> FindAsync(ContentHash receipt, CancellationToken cancellationToken);
}

/// <summary>What a site states in every receipt.</summary>
/// <param name="Site">The site's id.</param>
/// <param name="Request">A new id for the request.</param>
/// <param name="Time">Now.</param>
/// <param name="Actor">The pseudonym of who asked.</param>
/// <param name="Software">The program.</param>
public sealed record ReceiptContext(
    string Site,
    string Request,
    DateTimeOffset Time,
    ContentHash Actor,
    ReceiptSoftware Software);

/// <summary>A receipt that was kept.</summary>
/// <param name="Asker">The id of the person who asked.</param>
/// <param name="Bundle">The receipt: a Sigstore bundle.</param>
/// <param name="Openings">What shows its commitments.</param>
/// <param name="Proof">The proof that it is logged, under the latest checkpoint: a file of C2SP tlog-proof.</param>
public sealed record KeptReceipt(
    string Asker,
    ReadOnlyMemory<byte> Bundle,
    ReadOnlyMemory<byte> Openings,
    ReadOnlyMemory<byte> Proof);
