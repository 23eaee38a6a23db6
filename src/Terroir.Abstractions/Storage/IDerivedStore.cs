namespace Terroir.Storage;

/// <summary>Keeps files of what follows from the other stores, so that it need not be computed again.</summary>
/// <remarks>
/// <para>A file may be gone at any time, is part of no backup and is not durable: after a crash it can hold anything,
/// so that whoever opens one checks all of it before use.</para>
/// <para>Members are safe to call from several threads and processes at once, and report no error: what cannot be kept
/// is computed again.</para>
/// </remarks>
public interface IDerivedStore
{
    /// <summary>Opens a file, in place where the store can.</summary>
    /// <param name="name">Its name: <c>a-z 0-9 - _ .</c>, first a letter.</param>
    /// <returns>The bytes, unverified; <see langword="null"/> if there is no such file or it cannot be read.</returns>
    ReadOnlyMemory<byte>? Open(string name);

    /// <summary>Writes a file. Whoever has an older one of that name open keeps its bytes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes the bytes. What it throws reaches the caller, and the file is as before.</param>
    /// <returns>Whether it was written; <see langword="false"/> where there is no room or no right.</returns>
    bool Put(string name, Action<Stream> write);

    /// <summary>Lists names.</summary>
    /// <param name="prefix">How they begin.</param>
    /// <returns>The names in ordinal order.</returns>
    IReadOnlyList<string> List(string prefix);

    /// <summary>Deletes a file; one that is not there is no error.</summary>
    /// <param name="name">Its name.</param>
    void Delete(string name);
}
