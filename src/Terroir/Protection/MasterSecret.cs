namespace Terroir.Protection;

/// <summary>What unwraps a site's keys: a master key or a passphrase. It is not written anywhere.</summary>
public sealed class MasterSecret
{
    /// <summary>A passphrase has at least so many characters.</summary>
    public const int PassphraseLengthMin = 12;

    private readonly KeyProtector _protector;

    private MasterSecret(KeyProtector protector) => _protector = protector;

    /// <summary>Takes a master key, and others that may have wrapped keys before.</summary>
    /// <param name="keys">32 bytes each, one at least; the first one wraps.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="ArgumentException">One has another length.</exception>
    public static MasterSecret FromKeys(IReadOnlyList<byte[]> keys) => new(KeyProtector.FromKeys(keys));

    /// <summary>Takes a passphrase.</summary>
    /// <param name="passphrase">12 characters or more.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    public static MasterSecret FromPassphrase(string passphrase) => new(KeyProtector.FromPassphrase(passphrase));

    /// <summary>Wraps a secret of the site, such as its signing key, for a backup.</summary>
    /// <param name="name">What it is; the same when it is unwrapped.</param>
    /// <param name="content">The secret.</param>
    /// <returns>The bytes of a file: <c>docs/formats/keys.md</c>.</returns>
    public byte[] Wrap(string name, ReadOnlySpan<byte> content) => WrappedSecret.Wrap(name, content, _protector);

    /// <summary>Unwraps what <see cref="Wrap"/> wrapped.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="json">The bytes of the file.</param>
    /// <returns>The secret, or <see langword="null"/> if this is not what wrapped it.</returns>
    public byte[]? Unwrap(string name, ReadOnlySpan<byte> json) => WrappedSecret.Unwrap(name, json, _protector);

    internal KeyProtector ToProtector() => _protector;
}
