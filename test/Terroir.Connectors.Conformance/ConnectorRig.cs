using Terroir.Sources;

namespace Terroir.Connectors.Conformance;

/// <summary>A source of a kind under test, and a hand that changes it from outside.</summary>
public abstract class ConnectorRig : IAsyncDisposable
{
    /// <summary>The kind.</summary>
    public abstract IConnector Connector { get; }

    /// <summary>Settings by which the source can be read.</summary>
    public abstract SourceSettings Settings { get; }

    /// <summary>What the connector may use.</summary>
    public abstract IConnectorHost Host { get; }

    /// <summary>The values of secrets, which no message may hold.</summary>
    public virtual IReadOnlyList<string> Secrets => [];

    /// <summary>How many items are more than the source gives at once.</summary>
    public virtual int ManyCount => 300;

    /// <summary>Whether two names that differ in their Unicode form alone are two items.</summary>
    public virtual bool KeepsUnicodeForms => true;

    /// <summary>Whether an item that is replaced stays the same item; a mail does not.</summary>
    public virtual bool ReplacesInPlace => true;

    /// <summary>By which path an item was put; a kind may name its items itself.</summary>
    /// <param name="item">An item of a listing.</param>
    /// <returns>The path that <see cref="PutAsync"/> was given.</returns>
    public virtual string NameOf(ListedItem item) => item.Path;

    /// <summary>What was put; a kind may wrap it, as a mail does.</summary>
    /// <param name="fetched">An item that was fetched.</param>
    /// <returns>The content that <see cref="PutAsync"/> was given.</returns>
    public virtual ReadOnlyMemory<byte> ContentOf(FetchedItem fetched) => fetched.Content;

    /// <summary>Puts an item of exactly a size as the source gives it.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="sizeBytes">Its size.</param>
    /// <returns>A task that ends when it is there.</returns>
    public virtual Task PutOfSizeAsync(string path, int sizeBytes) => PutAsync(path, new byte[sizeBytes]);

    /// <summary>Puts an item, or replaces it.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="content">Its content.</param>
    /// <returns>A task that ends when it is there.</returns>
    public abstract Task PutAsync(string path, byte[] content);

    /// <summary>Takes an item away.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>A task that ends when it is gone.</returns>
    public abstract Task DeleteAsync(string path);

    /// <summary>Changes who may read an item.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>Whether the kind knows permissions of items by itself.</returns>
    public virtual Task<bool> ShareAsync(string path) => Task.FromResult(false);

    /// <summary>Makes one item unreadable, for that item alone.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>Whether that can be done here.</returns>
    public virtual Task<bool> BreakAsync(string path) => Task.FromResult(false);

    /// <summary>Takes the whole source away, as a fallen server or an unmounted disk does.</summary>
    /// <returns>A task that ends when it is away.</returns>
    public abstract Task DisconnectAsync();

    /// <summary>Makes the secrets wrong ones.</summary>
    /// <returns>Whether the kind has any.</returns>
    public virtual Task<bool> SpoilSecretsAsync() => Task.FromResult(false);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
