using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>The objects <c>a/SITE/NAME</c> of the ledger, which tell who asked what: sealed where the site seals, each
/// under the key of its person.</summary>
internal sealed class ConfidentialObjects(IObjectStore objects, LedgerIdentity identity, IContentCipher? cipher = null)
{
    // Under which the keys of people are kept. A collection of that name would share its key and nothing else.
    internal static readonly CollectionId Keys = new("ledger");

    private const string NextPrefix = "next/";

    /// <summary>Keeps an object unless its name is taken.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="person">The id of the person whom it is about.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellationToken">Stops the upload.</param>
    public async Task PutIfAbsentAsync(
        string name,
        string person,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken) =>
        _ = await TryPutAsync(name, person, content, cancellationToken);

    /// <summary>Keeps an object unless its name is taken.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="person">The id of the person whom it is about.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellationToken">Stops the upload.</param>
    /// <returns>Whether its name was free.</returns>
    public async Task<bool> TryPutAsync(
        string name,
        string person,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        var stored = cipher is { IsSealing: true }
            ? cipher.SealDocument(Keys, DocumentId.For(Keys, person), content)
            : content;
        return await objects.PutIfAbsentAsync(BlobKey.ForAudit(identity.Site, name), stored, cancellationToken)
            == PutOutcome.Created;
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

    /// <summary>Lists names by ordinal order.</summary>
    /// <param name="prefix">How they begin, with a slash at its end.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var root = $"a/{identity.Site}/";
        var names = new List<string>();
        await foreach (var info in objects.ListAsync(root + prefix, null, cancellationToken))
        {
            names.Add(info.Key.Value[root.Length..]);
        }

        return names;
    }

    /// <summary>Deletes an object; one that is not there is no error.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        await objects.DeleteAsync([BlobKey.ForAudit(identity.Site, name)], cancellationToken);

    /// <summary>Puts other bytes in the place of an object. A process that ends on the way leaves them under a second
    /// name, and <see cref="EndReplacementsAsync"/> goes on.</summary>
    public async Task ReplaceAsync(
        string name,
        string person,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        await DeleteAsync(NextPrefix + name, cancellationToken);
        await PutIfAbsentAsync(NextPrefix + name, person, content, cancellationToken);
        await DeleteAsync(name, cancellationToken);
        await MoveAsync(name, cancellationToken);
    }

    /// <summary>Ends the replacements that a process began and did not end. What they were to replace may still be
    /// there; then it stays, and the caller replaces it again.</summary>
    public async Task EndReplacementsAsync(CancellationToken cancellationToken)
    {
        foreach (var next in await ListAsync(NextPrefix, cancellationToken))
        {
            await MoveAsync(next[NextPrefix.Length..], cancellationToken);
        }
    }

    private async Task MoveAsync(string name, CancellationToken cancellationToken)
    {
        var next = BlobKey.ForAudit(identity.Site, NextPrefix + name);
        if (await objects.HeadAsync(next, cancellationToken) is { } info)
        {
            var stored = await objects.ReadAsync(next, 0, info.SizeBytes, cancellationToken);
            await objects.PutIfAbsentAsync(BlobKey.ForAudit(identity.Site, name), stored, cancellationToken);
            await objects.DeleteAsync([next], cancellationToken);
        }
    }

    /// <summary>Whether an object is there, whether or not it can be opened.</summary>
    public async ValueTask<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        await objects.HeadAsync(BlobKey.ForAudit(identity.Site, name), cancellationToken) is not null;
}
