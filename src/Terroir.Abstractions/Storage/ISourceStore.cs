namespace Terroir.Storage;

/// <summary>Sources, what is remembered of their files, and the quarantine.</summary>
public interface ISourceStore
{
    /// <summary>Adds or replaces a source.</summary>
    /// <param name="source">The source; its collection exists.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    Task SaveSourceAsync(SourceRecord source, CancellationToken cancellationToken);

    /// <summary>Forgets a source and its items. Its documents are the caller's care.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was known.</returns>
    Task<bool> RemoveSourceAsync(string source, CancellationToken cancellationToken);

    /// <summary>Lists the sources by name.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The sources.</returns>
    Task<IReadOnlyList<SourceRecord>> ListSourcesAsync(CancellationToken cancellationToken);

    /// <summary>Finds a source.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The source, or <see langword="null"/> if there is none of that name.</returns>
    async Task<SourceRecord?> FindSourceAsync(string source, CancellationToken cancellationToken) =>
        (await ListSourcesAsync(cancellationToken))
            .FirstOrDefault(item => string.Equals(item.Id, source, StringComparison.Ordinal));

    /// <summary>Reads what is remembered of a source's files, by path (ordinal).</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The items.</returns>
    Task<IReadOnlyList<SourceItem>> ListItemsAsync(string source, CancellationToken cancellationToken);

    /// <summary>Reads what is remembered of one file and of those inside it, by path (ordinal).</summary>
    /// <param name="item">The file's source and path.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The items; empty if nothing is.</returns>
    Task<IReadOnlyList<SourceItem>> FindItemsAsync(SourceItemKey item, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces items that no generation goes with, such as quarantined ones.</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when they are durable.</returns>
    Task SaveItemsAsync(IReadOnlyList<SourceItem> items, CancellationToken cancellationToken);

    /// <summary>Forgets items.</summary>
    /// <param name="items">Their names.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when they are gone.</returns>
    Task RemoveItemsAsync(IReadOnlyList<SourceItemKey> items, CancellationToken cancellationToken);

    /// <summary>Lists everything in quarantine, by source and path.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The items.</returns>
    Task<IReadOnlyList<SourceItem>> ListQuarantineAsync(CancellationToken cancellationToken);
}
