using Terroir.Sources;

namespace Terroir.Ingestion;

/// <summary>A source that is open, as the synchronisation sees it: permissions are resolved.</summary>
/// <remarks>One listing at a time; items are fetched from several threads at once.</remarks>
internal interface ISourceReading : IAsyncDisposable
{
    /// <summary>Lists what is there, or what changed since a cursor.</summary>
    /// <exception cref="SourceUnavailableException">It cannot be listed.</exception>
    Task<SourceContent> ListAsync(string? cursor, CancellationToken cancellationToken);

    /// <summary>Fetches an item with the permission of this moment; see <see cref="ISourceConnection"/>.</summary>
    ValueTask<FetchedItem> FetchAsync(ListedItem item, long sizeMaxBytes, CancellationToken cancellationToken);
}
