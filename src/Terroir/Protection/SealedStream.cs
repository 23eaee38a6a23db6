using System.Buffers.Binary;
using System.Security.Cryptography;
using Terroir.Storage;

namespace Terroir.Protection;

/// <summary>The form of sealed content: a header, then chunks in AES-256-GCM. The format is
/// <c>docs/formats/sealed.md</c>.</summary>
/// <remarks>The construction STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, Online authenticated-encryption and its
/// nonce-reuse misuse-resistance, 2015): a nonce is a random prefix, the chunk's number and whether it is the last, so
/// chunks cannot be moved, dropped or cut off. The key and the prefix of one content come from its leaf's key and a
/// random salt by HKDF (RFC 5869), so a leaf's key may seal any number of contents.</remarks>
internal static class SealedStream
{
    /// <summary>The length of a key's id in bytes.</summary>
    public const int KeyIdSizeBytes = 8;

    private const int SaltSizeBytes = 16;
    private const int KeySizeBytes = 32;
    private const int NonceSizeBytes = 12;
    private const int PrefixSizeBytes = 7;
    private const int LeafAt = 4 + KeyIdSizeBytes;
    private const int SaltAt = LeafAt + KeyTree.LeafSizeBytes;
    private const int ChunkStride = SealedContent.ChunkSizeBytes + SealedContent.TagSizeBytes;

    private static ReadOnlySpan<byte> Purpose => "terroir sealed content 1"u8;

    /// <summary>Seals content.</summary>
    /// <param name="keyId">The id of the collection's key: 8 bytes.</param>
    /// <param name="leaf">The id of the leaf: 16 bytes.</param>
    /// <param name="leafKey">The leaf's key: 32 bytes.</param>
    /// <param name="content">The bytes.</param>
    /// <returns>The sealed bytes.</returns>
    public static byte[] Seal(
        ReadOnlySpan<byte> keyId,
        ReadOnlySpan<byte> leaf,
        ReadOnlySpan<byte> leafKey,
        ReadOnlySpan<byte> content)
    {
        var result = new byte[SealedContent.SizeOf(content.Length)];
        var header = result.AsSpan(0, SealedContent.HeaderSizeBytes);
        SealedContent.Magic.CopyTo(header);
        keyId.CopyTo(header[4..]);
        leaf.CopyTo(header[LeafAt..]);
        RandomNumberGenerator.Fill(header[SaltAt..]);

        Span<byte> nonce = stackalloc byte[NonceSizeBytes];
        using var aes = Derive(header, leafKey, nonce);
        var target = result.AsSpan(SealedContent.HeaderSizeBytes);
        var number = 0u;
        do
        {
            var size = Math.Min(content.Length, SealedContent.ChunkSizeBytes);
            Number(nonce, number++, isLast: size == content.Length);
            aes.Encrypt(
                nonce,
                content[..size],
                target[..size],
                target.Slice(size, SealedContent.TagSizeBytes),
                header);
            content = content[size..];
            target = target[(size + SealedContent.TagSizeBytes)..];
        }
        while (!content.IsEmpty);

        return result;
    }

    /// <summary>Opens content.</summary>
    /// <param name="content">The sealed bytes, long enough for <see cref="IsWhole"/>.</param>
    /// <param name="leafKey">The leaf's key.</param>
    /// <returns>The bytes, or <see langword="null"/> if they are not as they were sealed.</returns>
    public static byte[]? Open(ReadOnlySpan<byte> content, ReadOnlySpan<byte> leafKey)
    {
        var header = content[..SealedContent.HeaderSizeBytes];
        var source = content[SealedContent.HeaderSizeBytes..];
        var chunkCount = (source.Length + ChunkStride - 1) / ChunkStride;
        var result = new byte[source.Length - (chunkCount * SealedContent.TagSizeBytes)];
        var target = result.AsSpan();
        Span<byte> nonce = stackalloc byte[NonceSizeBytes];
        using var aes = Derive(header, leafKey, nonce);
        try
        {
            for (var number = 0; number < chunkCount; number++)
            {
                var size = Math.Min(source.Length, ChunkStride) - SealedContent.TagSizeBytes;
                Number(nonce, (uint)number, isLast: number == chunkCount - 1);
                aes.Decrypt(
                    nonce,
                    source[..size],
                    source.Slice(size, SealedContent.TagSizeBytes),
                    target[..size],
                    header);
                source = source[(size + SealedContent.TagSizeBytes)..];
                target = target[size..];
            }
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return result;
    }

    /// <summary>Whether bytes could be sealed content: the header is there, and no chunk lacks its tag.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> content)
    {
        var size = content.Length - SealedContent.HeaderSizeBytes;
        return SealedContent.IsSealed(content)
            && size >= SealedContent.TagSizeBytes
            && (size % ChunkStride == 0 || size % ChunkStride >= SealedContent.TagSizeBytes);
    }

    /// <summary>The id of the collection's key.</summary>
    public static ReadOnlySpan<byte> KeyIdOf(ReadOnlySpan<byte> content) => content.Slice(4, KeyIdSizeBytes);

    /// <summary>The id of the leaf.</summary>
    public static ReadOnlySpan<byte> LeafOf(ReadOnlySpan<byte> content) =>
        content.Slice(LeafAt, KeyTree.LeafSizeBytes);

    private static AesGcm Derive(ReadOnlySpan<byte> header, ReadOnlySpan<byte> leafKey, Span<byte> nonce)
    {
        Span<byte> derived = stackalloc byte[KeySizeBytes + PrefixSizeBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, leafKey, derived, header[SaltAt..], Purpose);
        derived[KeySizeBytes..].CopyTo(nonce);
        var aes = new AesGcm(derived[..KeySizeBytes], SealedContent.TagSizeBytes);
        CryptographicOperations.ZeroMemory(derived);
        return aes;
    }

    private static void Number(Span<byte> nonce, uint number, bool isLast)
    {
        BinaryPrimitives.WriteUInt32BigEndian(nonce[PrefixSizeBytes..], number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
