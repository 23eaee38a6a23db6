namespace Terroir.Sources;

/// <summary>A source that is open: it lists what is there and fetches it.</summary>
/// <remarks>One listing at a time; items are fetched from several threads at once.</remarks>
public interface ISourceConnection : IAsyncDisposable
{
    /// <summary>Lists what is there, or what has changed since an earlier listing.</summary>
    /// <param name="cursor">What an earlier listing of this source gave, or <see langword="null"/> for all. A cursor
    /// that the source does not know any more is answered with a complete listing.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The listing. No content has been fetched.</returns>
    /// <exception cref="SourceUnavailableException">It cannot be listed; a part that cannot be is in
    /// <see cref="SourceListing.Unread"/> instead.</exception>
    Task<SourceListing> ListAsync(string? cursor, CancellationToken cancellationToken);

    /// <summary>Fetches an item.</summary>
    /// <param name="item">The item as it was listed.</param>
    /// <param name="sizeMaxBytes">The most that is loaded; more is <see cref="FetchVerdict.TooLarge"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The item with its content, fingerprint and permission of this moment, or why there is none.</returns>
    /// <exception cref="SourceUnavailableException">The whole source cannot be reached any more.</exception>
    ValueTask<FetchedItem> FetchAsync(ListedItem item, long sizeMaxBytes, CancellationToken cancellationToken);
}
