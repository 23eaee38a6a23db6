namespace Terroir.Catalog;

/// <summary>Tells which documents were erased and must not come back, from any source.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
public interface IErasedDocuments
{
    /// <summary>Reads what was erased until now.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The tombstones. Whoever holds the lease of a collection and reads them then sees every one whose
    /// erasure was begun before.</returns>
    ValueTask<ErasedDocuments> ReadErasedAsync(CancellationToken cancellationToken);
}
