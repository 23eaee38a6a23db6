using System.Security.Cryptography;

namespace Terroir.Provenance.Receipts;

/// <summary>Commits to bytes without showing them: SHA-256 over 0x00, a salt and the bytes.</summary>
/// <remarks>Who has the salt and the bytes can show what was committed to, and nothing else fits. Once the salt is
/// erased, not even a right guess of the bytes can be confirmed, and everything that was signed stays valid.</remarks>
public static class Commitment
{
    /// <summary>The length of a salt in bytes. It is fixed, so that salt and content cannot be cut in another place.
    /// </summary>
    public const int SaltLength = 32;

    /// <summary>Computes a commitment.</summary>
    /// <param name="salt">32 random bytes, used once.</param>
    /// <param name="content">The bytes; may be empty.</param>
    /// <exception cref="ArgumentException">The salt has another length.</exception>
    public static ContentHash Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content) => salt.Length == SaltLength
        ? ContentHash.Of([0x00, .. salt, .. content])
        : throw new ArgumentException("A salt has 32 bytes.", nameof(salt));

    /// <summary>Names a person by a key of their own, so that destroying the key makes the name nobody's.</summary>
    /// <param name="personKey">32 random bytes that belong to one person.</param>
    /// <param name="principal">The id of the person, such as <c>user:anne</c>.</param>
    /// <returns>HMAC-SHA256 under the key.</returns>
    public static ContentHash Pseudonym(ReadOnlySpan<byte> personKey, string principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var input = System.Text.Encoding.UTF8.GetBytes($"terroir/actor/v1\n{principal}");
        return ContentHash.FromDigest(HMACSHA256.HashData(personKey, input));
    }
}
