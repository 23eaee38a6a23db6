namespace Terroir;

/// <summary>Stored bytes do not have the hash that they were stored under. Code <c>TER5003</c>.</summary>
public sealed class BlobCorruptException : TerroirException
{
    /// <summary>Creates the error for one object.</summary>
    /// <param name="key">The key or hash of the bytes.</param>
    public BlobCorruptException(string key)
        : base("TER5003", isTransient: false, Describe(key), innerException: null) => Key = key;

    /// <summary>The key or hash of the bytes.</summary>
    public string Key { get; }

    private static string Describe(string key) =>
        $"The bytes of '{key}' are not those that were stored. Check the disk, then run 'terroir repair', which "
        + "builds index segments anew, and restore any other object that 'terroir verify-store' names from a backup.";
}
