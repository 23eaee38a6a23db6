using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>The objects <c>a/SITE/NAME</c> of the ledger, which tell who asked what: sealed where the site seals, each
/// under the key of its person.</summary>
internal sealed class ConfidentialObjects(IObjectStore objects, LedgerIdentity identity, IContentCipher? cipher = null)
{
    // Under which the keys of people are kept. A collection of that name would share its key and nothing else.
    private static readonly CollectionId Keys = new("ledger");

    /// <summary>Keeps an object unless its name is taken.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="person">The id of the person whom it is about.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellationToken">Stops the upload.</param>
    public async Task PutIfAbsentAsync(
        string name,
        string person,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        var stored = cipher is { IsSealing: true }
            ? cipher.SealDocument(Keys, DocumentId.For(Keys, person), content)
            : content;
        await objects.PutIfAbsentAsync(BlobKey.ForAudit(identity.Site, name), stored, cancellationToken);
    }

    /// <summary>Reads an object.</summary>
    /// <returns>The bytes; <see langword="null"/> if there is none, or its person's key was destroyed.</returns>
    /// <exception cref="KeyUnavailableException">It is sealed, and its key is not to be had.</exception>
    /// <exception cref="BlobCorruptException">It is sealed, and was changed since.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> TryReadAsync(string name, CancellationToken cancellationToken)
    {
        if (await objects.HeadAsync(BlobKey.ForAudit(identity.Site, name), cancellationToken) is not { } info)
        {
            return null;
        }

        var stored = await objects.ReadAsync(info.Key, 0, info.SizeBytes, cancellationToken);
        try
        {
            return cipher is not null && SealedContent.IsSealed(stored.Span)
                ? cipher.Open(stored, info.Key.Value)
                : stored;
        }
        catch (KeyUnavailableException exception) when (exception.IsDestroyed)
        {
            return null;
        }
    }

    /// <summary>Whether an object is there, whether or not it can be opened.</summary>
    public async ValueTask<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        await objects.HeadAsync(BlobKey.ForAudit(identity.Site, name), cancellationToken) is not null;
}
