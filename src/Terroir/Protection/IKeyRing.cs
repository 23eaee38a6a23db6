namespace Terroir.Protection;

/// <summary>The keys of a site, for those who manage them. No member gives a key away.</summary>
public interface IKeyRing
{
    /// <summary>Lists the keys.</summary>
    /// <returns>The keys by collection and age.</returns>
    /// <exception cref="KeyUnavailableException">A file is no key.</exception>
    IReadOnlyList<KeyDescription> List();

    /// <summary>Unwraps every key.</summary>
    /// <exception cref="KeyUnavailableException">A file is no key, or cannot be unwrapped.</exception>
    void Check();

    /// <summary>Makes a new key, which seals from now on. What older keys sealed stays as it is.</summary>
    /// <param name="collection">The collection.</param>
    /// <returns>The id of the new key.</returns>
    string Rotate(CollectionId collection);

    /// <summary>Wraps every key anew, under another secret. Nothing that they sealed changes.</summary>
    /// <remarks>Nobody else changes keys from before <paramref name="prepare"/> until after
    /// <paramref name="complete"/>.</remarks>
    /// <param name="prepare">Makes the secret, and what opens keys if nothing comes after it.</param>
    /// <param name="complete">Puts it in the place of the one before.</param>
    /// <returns>How many keys there are.</returns>
    /// <exception cref="KeyUnavailableException">A key cannot be unwrapped; nothing was changed.</exception>
    int Rewrap(Func<MasterSecret> prepare, Action complete);

    /// <summary>Writes every key for another place, wrapped under a secret of its own.</summary>
    /// <param name="secret">The secret.</param>
    /// <returns>The bytes of a file: <c>docs/formats/keys.md</c>.</returns>
    /// <exception cref="KeyUnavailableException">A key cannot be unwrapped.</exception>
    byte[] Export(MasterSecret secret);

    /// <summary>Takes keys of an export that are not here, or cannot be unwrapped here.</summary>
    /// <param name="content">What <see cref="Export"/> wrote.</param>
    /// <param name="secret">The secret that it was wrapped under.</param>
    /// <returns>How many keys were taken; <see langword="null"/> if it is no export, or the secret is another.
    /// </returns>
    int? Import(ReadOnlyMemory<byte> content, MasterSecret secret);

    /// <summary>Makes a new key for what holds several documents, which seals from now on.</summary>
    /// <param name="collection">The collection.</param>
    /// <returns>The id of the new key.</returns>
    string RotateObjects(CollectionId collection);

    /// <summary>Destroys what opens the contents of documents, here and in every backup that has no older copy of the
    /// key ring.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="leaves">The documents' ids as 16 bytes, or the leaves of objects.</param>
    /// <param name="before">Destroy them in keys that are older than this one only; <see langword="null"/> for all.
    /// </param>
    /// <returns>How many of the leaves could be opened before.</returns>
    int Destroy(CollectionId collection, IReadOnlyList<ReadOnlyMemory<byte>> leaves, string? before = null);

    /// <summary>Destroys the keys of a collection for what holds several documents, but the newest. What they sealed
    /// must have been written anew.</summary>
    /// <param name="collection">The collection.</param>
    /// <returns>How many were destroyed.</returns>
    int DestroyOldObjectKeys(CollectionId collection);
}

/// <summary>What may be told of a key.</summary>
/// <param name="Id">16 hexadecimal digits.</param>
/// <param name="Collection">The collection whose contents it seals.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Wrapping"><c>key-file</c> or <c>passphrase</c>.</param>
/// <param name="IsCurrent">Whether it seals new contents.</param>
/// <param name="Use">What it seals.</param>
public sealed record KeyDescription(
    string Id,
    CollectionId Collection,
    DateTimeOffset CreatedAt,
    string Wrapping,
    bool IsCurrent,
    KeyUse Use = KeyUse.Documents);
