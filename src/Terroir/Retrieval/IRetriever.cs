namespace Terroir.Retrieval;

/// <summary>Finds passages that the asker may read.</summary>
/// <remarks>Safe to call from several threads at once. Non-interference: for any asker everything in a result is the
/// same whether or not the documents that the asker may not read exist.</remarks>
public interface IRetriever
{
    /// <summary>Finds the best passages.</summary>
    /// <param name="request">What is asked, by whom, and where.</param>
    /// <param name="cancellationToken">Stops the search between two segments and every few thousand postings.</param>
    /// <returns>The hits by descending score; equal scores by the hash of the document's content, then by document and
    /// passage. Empty if nothing readable fits.</returns>
    /// <exception cref="ArgumentException">The count is out of range.</exception>
    /// <exception cref="QueryTooLongException">The query has too many characters or different words.</exception>
    /// <exception cref="BlobCorruptException">A segment or a document is damaged.</exception>
    /// <exception cref="SegmentUnsupportedException">Another version of the program wrote a segment.</exception>
    Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken);
}
