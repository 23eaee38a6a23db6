using Terroir.Access;

namespace Terroir.Lineage;

/// <summary>Tells where documents and answers came from and what came from them, from durable records alone: the
/// catalogue, the receipts and the ledger.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
public interface ILineage
{
    /// <summary>How many answers of a version, or former versions of a document, are listed at most.</summary>
    const int ListedMax = 100;

    /// <summary>Tells the lineage of a live or former document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="asker">For whom: only the live version that they may read, and their own answers.
    /// <see langword="null"/> for the operator, who sees ids and commitments of everything.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The tree; <see langword="null"/> if there is no such document or the asker may not read it.</returns>
    Task<LineageNode?> OfDocumentAsync(DocumentId document, Asker? asker, CancellationToken cancellationToken);

    /// <summary>Tells the lineage of an answer.</summary>
    /// <param name="receipt">The id of its receipt.</param>
    /// <param name="asker">For whom: only their own answers, and of the documents only those that they may read now.
    /// <see langword="null"/> for the operator.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The tree; <see langword="null"/> if there is no such answer, it is not theirs, or it was erased.
    /// </returns>
    /// <exception cref="ProofFormatException">The kept receipt is not as the site signed it.</exception>
    Task<LineageNode?> OfAnswerAsync(ContentHash receipt, Asker? asker, CancellationToken cancellationToken);

    /// <summary>Finds the answers that cite the bytes of a document, in any version that it had.</summary>
    /// <remarks>A copy with the same bytes has the same answers: receipts commit to bytes.</remarks>
    /// <param name="document">The document.</param>
    /// <param name="cancellationToken">Stops the reading; what was indexed stays.</param>
    /// <returns>The places of the receipts in the ledger, ascending.</returns>
    Task<IReadOnlyList<long>> FindAnswersAsync(DocumentId document, CancellationToken cancellationToken);

    /// <summary>Forgets what was indexed, so that nothing of an erased document stays in it.</summary>
    void Forget();
}
