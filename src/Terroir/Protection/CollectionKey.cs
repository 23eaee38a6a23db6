using System.Security.Cryptography;

namespace Terroir.Protection;

/// <summary>A key of a collection: the tree that gives each of its documents and objects a key of its own.</summary>
/// <param name="Id">16 lower-case hexadecimal digits.</param>
/// <param name="Collection">The collection.</param>
/// <param name="CreatedAt">When it was made; the newest key of a collection seals.</param>
/// <param name="Tree">The secret.</param>
/// <param name="Use">What it seals.</param>
internal sealed record CollectionKey(
    string Id,
    CollectionId Collection,
    DateTimeOffset CreatedAt,
    KeyTree Tree,
    KeyUse Use = KeyUse.Documents)
{
    public static CollectionKey Generate(CollectionId collection, KeyUse use, DateTimeOffset now) => new(
        RandomNumberGenerator.GetHexString(2 * SealedStream.KeyIdSizeBytes, lowercase: true),
        collection,
        now,
        KeyTree.Generate(),
        use);

    /// <summary>Seals content for a leaf.</summary>
    /// <exception cref="KeyUnavailableException">The leaf's key was destroyed.</exception>
    public byte[] Seal(ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> content)
    {
        Span<byte> key = stackalloc byte[KeyTree.KeySizeBytes];
        Derive(leaf, key);
        var result = SealedStream.Seal(Convert.FromHexString(Id), leaf, key, content);
        CryptographicOperations.ZeroMemory(key);
        return result;
    }

    /// <summary>Opens content.</summary>
    /// <exception cref="BlobCorruptException">It is not as it was sealed.</exception>
    /// <exception cref="KeyUnavailableException">The leaf's key was destroyed.</exception>
    public byte[] Open(ReadOnlySpan<byte> content, string name)
    {
        Span<byte> key = stackalloc byte[KeyTree.KeySizeBytes];
        Derive(SealedStream.LeafOf(content), key);
        var result = SealedStream.Open(content, key);
        CryptographicOperations.ZeroMemory(key);
        return result ?? throw new BlobCorruptException(name);
    }

    private void Derive(ReadOnlySpan<byte> leaf, Span<byte> key)
    {
        if (!Tree.TryDerive(leaf, key))
        {
            throw new KeyUnavailableException(
                $"{Id}/{Convert.ToHexStringLower(leaf)}",
                "was destroyed",
                "What it sealed was erased and cannot be read again, from a backup neither.",
                isDestroyed: true);
        }
    }
}
