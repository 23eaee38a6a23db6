using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Terroir.Provenance.Merkle;

/// <summary>A hash of a Merkle tree: SHA-256 over a leaf or over two hashes, with the prefixes of RFC 6962.</summary>
/// <remarks>Safe to share between threads. <c>default</c> is 32 zero bytes, which is the hash of nothing known. It is
/// no <see cref="ContentHash"/>: that has no prefix, so the same bytes give another one.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct MerkleHash
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 32;

    /// <summary>The length in standard base64.</summary>
    public const int Base64Length = 44;

    private readonly long _a;
    private readonly long _b;
    private readonly long _c;
    private readonly long _d;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static MerkleHash OfEmptyTree { get; } = FromBytes(SHA256.HashData([]));

    /// <summary>Hashes a leaf: SHA-256 over 0x00 and the entry.</summary>
    /// <param name="entry">The entry's bytes; may be empty.</param>
    public static MerkleHash OfLeaf(ReadOnlySpan<byte> entry)
    {
        var input = new byte[1 + entry.Length];
        entry.CopyTo(input.AsSpan(1));
        Span<byte> digest = stackalloc byte[Length];
        SHA256.HashData(input, digest);
        return FromBytes(digest);
    }

    /// <summary>Hashes an inner node: SHA-256 over 0x01 and the two hashes below.</summary>
    /// <param name="left">The hash of the older leaves.</param>
    /// <param name="right">The hash of the newer leaves.</param>
    public static MerkleHash OfNode(MerkleHash left, MerkleHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Length)];
        input[0] = 0x01;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Length)..]);
        Span<byte> digest = stackalloc byte[Length];
        SHA256.HashData(input, digest);
        return FromBytes(digest);
    }

    /// <summary>Takes 32 bytes as a hash.</summary>
    /// <param name="bytes">32 bytes.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public static MerkleHash FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? MemoryMarshal.Read<MerkleHash>(bytes)
        : throw new ArgumentException("A hash has 32 bytes.", nameof(bytes));

    /// <summary>Reads standard base64 with padding, and only the one way in which it is written.</summary>
    /// <param name="base64">The characters, or anything else.</param>
    /// <param name="hash">The hash; <c>default</c> when the result is <see langword="false"/>.</param>
    public static bool TryParse(ReadOnlySpan<char> base64, out MerkleHash hash)
    {
        Span<byte> bytes = stackalloc byte[Length + 1];
        if (base64.Length != Base64Length
            || !Convert.TryFromBase64Chars(base64, bytes, out var written)
            || written != Length
            || !base64.SequenceEqual(Convert.ToBase64String(bytes[..Length])))
        {
            hash = default;
            return false;
        }

        hash = FromBytes(bytes[..Length]);
        return true;
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    /// <summary>Returns the 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Returns the hash in standard base64.</summary>
    public override string ToString() => Convert.ToBase64String(ToArray());

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(ToString());
        return true;
    }
}
