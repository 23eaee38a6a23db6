namespace Terroir.Storage;

/// <summary>Keeps the wrapped keys of a site, apart from what they open: each in a small file of its own.</summary>
/// <remarks>Members are safe to call from several threads and processes at once.</remarks>
public interface IKeyStore
{
    /// <summary>Reads all keys.</summary>
    /// <returns>The names by ordinal order, with the bytes.</returns>
    /// <exception cref="StorageFailedException">The store could not read.</exception>
    IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> Read();

    /// <summary>Keeps a key, in the place of one of the same name.</summary>
    /// <param name="name">1 to 64 of <c>a-z 0-9 -</c>.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="StorageFailedException">The store could not write. When the call returns, the key is durable.
    /// </exception>
    void Put(string name, ReadOnlySpan<byte> content);

    /// <summary>Reads when a key was last kept, so that who read all keys knows whether one may be missing.</summary>
    /// <returns>The time by the store's own clock; another one after each change that is not within the same
    /// second.</returns>
    /// <exception cref="StorageFailedException">The store could not read.</exception>
    DateTimeOffset ReadChangedAt();

    /// <summary>Waits until nobody else changes keys, in any process.</summary>
    /// <returns>What is disposed of once the keys are changed.</returns>
    /// <exception cref="StorageFailedException">Somebody else changed keys for too long.</exception>
    IDisposable Lock();
}
