namespace Terroir;

/// <summary>An object that something refers to is not in the object store. Code <c>TER5002</c>.</summary>
public sealed class BlobMissingException : TerroirException
{
    /// <summary>Creates the error for one object.</summary>
    /// <param name="key">The key that was asked.</param>
    public BlobMissingException(string key)
        : base("TER5002", isTransient: false, Describe(key), innerException: null) => Key = key;

    /// <summary>The key that was asked.</summary>
    public string Key { get; }

    private static string Describe(string key) =>
        $"Object '{key}' is missing. Run 'terroir repair', which builds index segments anew; 'terroir verify-store' "
        + "tells what else it held, to be restored from a backup.";
}
