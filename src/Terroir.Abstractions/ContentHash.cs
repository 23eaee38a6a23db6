using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Terroir;

/// <summary>The SHA-256 digest of some bytes: the address of everything that never changes.</summary>
/// <remarks>
/// Safe to share between threads. <c>default</c> is no hash and its <see cref="Hex"/> is empty. It identifies bytes;
/// it says nothing of who wrote them.
/// </remarks>
public readonly record struct ContentHash : IComparable<ContentHash>
{
    /// <summary>The length of a hash in hexadecimal digits.</summary>
    public const int HexLength = 64;

    private readonly string? _hex;

    private ContentHash(string hex) => _hex = hex;

    /// <summary>64 lower-case hexadecimal digits; empty for <c>default</c>.</summary>
    public string Hex => _hex ?? "";

    /// <summary>Whether this is <c>default</c>, that is, no hash.</summary>
    public bool IsNone => _hex is null;

    /// <summary>Hashes some bytes.</summary>
    /// <param name="content">The bytes; may be empty.</param>
    /// <returns>Their SHA-256 digest.</returns>
    public static ContentHash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, digest);
        return new ContentHash(Convert.ToHexStringLower(digest));
    }

    /// <summary>Hashes several texts as one: over the digits of the digest of each, so that the texts cannot be cut
    /// differently to the same whole.</summary>
    /// <param name="texts">The texts, in their order; hashed as UTF-8.</param>
    /// <returns>The SHA-256 digest.</returns>
    public static ContentHash OfTexts(IEnumerable<string> texts) => Of(Encoding.UTF8.GetBytes(
        string.Concat(texts.Select(text => Of(Encoding.UTF8.GetBytes(text)).Hex))));

    /// <summary>Takes a digest that was computed elsewhere.</summary>
    /// <param name="digest">32 bytes.</param>
    /// <returns>The same digest as a hash.</returns>
    /// <exception cref="ArgumentException"><paramref name="digest"/> is not 32 bytes long.</exception>
    public static ContentHash FromDigest(ReadOnlySpan<byte> digest) =>
        digest.Length == SHA256.HashSizeInBytes
            ? new ContentHash(Convert.ToHexStringLower(digest))
            : throw new ArgumentException("A SHA-256 digest has 32 bytes.", nameof(digest));

    /// <summary>Reads a hash from 64 lower-case hexadecimal digits.</summary>
    /// <param name="hex">The digits.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="FormatException"><paramref name="hex"/> is anything else.</exception>
    public static ContentHash Parse(string hex) =>
        TryParse(hex, out var hash) ? hash : throw new FormatException("A hash is 64 lower-case hexadecimal digits.");

    /// <summary>Reads a hash from 64 lower-case hexadecimal digits, without an exception.</summary>
    /// <param name="hex">The digits, or anything else.</param>
    /// <param name="hash">The hash; <c>default</c> when the result is <see langword="false"/>.</param>
    /// <returns>Whether <paramref name="hex"/> was a hash.</returns>
    public static bool TryParse([NotNullWhen(true)] string? hex, out ContentHash hash)
    {
        var isHash = hex is { Length: HexLength } && hex.All(char.IsAsciiHexDigitLower);
        hash = isHash ? new ContentHash(hex!) : default;
        return isHash;
    }

    /// <inheritdoc/>
    public int CompareTo(ContentHash other) => string.CompareOrdinal(Hex, other.Hex);

    /// <summary>Orders by the digits.</summary>
    public static bool operator <(ContentHash left, ContentHash right) => left.CompareTo(right) < 0;

    /// <summary>Orders by the digits.</summary>
    public static bool operator >(ContentHash left, ContentHash right) => left.CompareTo(right) > 0;

    /// <summary>Orders by the digits.</summary>
    public static bool operator <=(ContentHash left, ContentHash right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by the digits.</summary>
    public static bool operator >=(ContentHash left, ContentHash right) => left.CompareTo(right) >= 0;

    /// <summary>Returns <see cref="Hex"/>.</summary>
    public override string ToString() => Hex;
}
