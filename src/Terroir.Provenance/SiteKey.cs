using NSec.Cryptography;

namespace Terroir.Provenance;

/// <summary>The signing key of a site: Ed25519 (RFC 8032).</summary>
/// <remarks>Safe to share between threads. The seed is a secret: it goes to a file that only the owner reads.</remarks>
public sealed class SiteKey : IDisposable
{
    /// <summary>The length of a seed and of a public key in bytes.</summary>
    public const int Length = 32;

    private static readonly SignatureAlgorithm Algorithm = SignatureAlgorithm.Ed25519;
    private readonly Key _key;

    private SiteKey(Key key) => _key = key;

    /// <summary>The public key: 32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey => _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    /// <summary>The id of the key: the SHA-256 of the public key.</summary>
    public ContentHash Id => ContentHash.Of(PublicKey.Span);

    /// <summary>Makes a new key.</summary>
    /// <returns>The key.</returns>
    public static SiteKey Generate() => new(Key.Create(Algorithm, Exportable()));

    /// <summary>Takes a key from its seed.</summary>
    /// <param name="seed">32 bytes.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">It is no seed.</exception>
    public static SiteKey FromSeed(ReadOnlySpan<byte> seed) =>
        new(Key.Import(Algorithm, seed, KeyBlobFormat.RawPrivateKey, Exportable()));

    /// <summary>Checks a signature.</summary>
    /// <param name="publicKey">32 bytes.</param>
    /// <param name="content">What was signed.</param>
    /// <param name="signature">64 bytes.</param>
    /// <returns>Whether the key signed exactly this.</returns>
    public static bool Verify(
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> content,
        ReadOnlySpan<byte> signature) =>
        NSec.Cryptography.PublicKey.TryImport(Algorithm, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && Algorithm.Verify(key!, content, signature);

    /// <summary>Signs.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>64 bytes.</returns>
    public byte[] Sign(ReadOnlySpan<byte> content) => Algorithm.Sign(_key, content);

    /// <summary>Returns the secret seed.</summary>
    /// <returns>32 bytes.</returns>
    public byte[] ExportSeed() => _key.Export(KeyBlobFormat.RawPrivateKey);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static KeyCreationParameters Exportable() =>
        new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
