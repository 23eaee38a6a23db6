using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Terroir.Provenance.Notes;

/// <summary>A public key that verifies notes, and its name and type (<c>vkey</c>, C2SP signed-note).</summary>
/// <remarks>Safe to share between threads. Two are equal when their text is.</remarks>
public sealed record VerifierKey
{
    private const string Kind = "verifier key";

    // The longest vkey: a name of 255 bytes, and a key of ML-DSA-44 in base64.
    private const int LengthMax = 4_096;

    private readonly byte[] _publicKey;

    private VerifierKey(string name, SignatureType type, byte[] publicKey)
    {
        Name = name;
        Type = type;
        _publicKey = publicKey;
        Id = ComputeId(name, type, publicKey);
    }

    /// <summary>The name: not empty, without spaces and plus signs.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of a hash over name, type and key. It tells keys apart, no more.</summary>
    public uint Id { get; }

    /// <summary>How the key signs.</summary>
    public SignatureType Type { get; }

    /// <summary>The key: 32 bytes, or 1,312 for ML-DSA-44.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>Gives a public key a name.</summary>
    /// <param name="name">The name; that of a log is its origin.</param>
    /// <param name="type">How it signs.</param>
    /// <param name="publicKey">The key.</param>
    /// <exception cref="ProofFormatException">The name or the length of the key is not right.</exception>
    public static VerifierKey Create(string name, SignatureType type, ReadOnlySpan<byte> publicKey)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!NoteText.IsKeyName(name) || NoteText.Utf8.GetByteCount(name) > Checkpoint.OriginLengthMax)
        {
            throw new ProofFormatException(Kind, "the name is empty, too long or has a space or a plus sign");
        }

        var length = type switch
        {
            SignatureType.Ed25519 or SignatureType.Cosignature => SiteKey.Length,
            SignatureType.MlDsaCosignature => MlDsa44Key.PublicKeyLength,
            _ => throw new ProofFormatException(Kind, "its signature type is not one of 1, 4 and 6"),
        };
        return publicKey.Length == length
            ? new VerifierKey(name, type, publicKey.ToArray())
            : throw new ProofFormatException(Kind, $"the key has {publicKey.Length} bytes and not {length}");
    }

    /// <summary>Reads <c>NAME+ID+BASE64</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ProofFormatException">It is anything else, or the id is not that of the key.</exception>
    public static VerifierKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('+', 3);
        if (text.Length > LengthMax || parts.Length != 3 || NoteText.Base64(parts[2]) is not { Length: > 0 } key)
        {
            throw new ProofFormatException(Kind, "it does not read NAME+ID+BASE64");
        }

        var read = Create(parts[0], (SignatureType)key[0], key.AsSpan(1));
        return string.Equals(read.ToString(), text, StringComparison.Ordinal)
            ? read
            : throw new ProofFormatException(Kind, "the id is not that of the name and the key");
    }

    /// <inheritdoc/>
    public bool Equals(VerifierKey? other) =>
        other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id);

    /// <summary>Returns <c>NAME+ID+BASE64</c>.</summary>
    public override string ToString()
    {
        var id = Id.ToString("x8", CultureInfo.InvariantCulture);
        return $"{Name}+{id}+{Convert.ToBase64String([(byte)Type, .. _publicKey])}";
    }

    /// <summary>Checks a signature of this key.</summary>
    /// <param name="text">The text of the note.</param>
    /// <param name="signature">The bytes after the key's id.</param>
    /// <param name="timestamp">The time of a cosignature in seconds since 1970; 0 for the other type.</param>
    /// <returns>Whether the key signed exactly this.</returns>
    public bool Verify(string text, ReadOnlySpan<byte> signature, out long timestamp)
    {
        ArgumentNullException.ThrowIfNull(text);
        timestamp = 0;
        if (Type == SignatureType.Ed25519)
        {
            return SiteKey.Verify(_publicKey, NoteText.Utf8.GetBytes(text), signature);
        }

        if (signature.Length < sizeof(ulong)
            || (timestamp = BinaryPrimitives.ReadInt64BigEndian(signature)) < 0
            || CosignedMessage.TryEncode(this, text, timestamp) is not { } message)
        {
            return false;
        }

        return Type == SignatureType.Cosignature
            ? SiteKey.Verify(_publicKey, message, signature[sizeof(ulong)..])
            : MlDsa44Key.Verify(_publicKey, message, signature[sizeof(ulong)..]);
    }

    private static uint ComputeId(string name, SignatureType type, byte[] publicKey)
    {
        byte[] input = [.. NoteText.Utf8.GetBytes(name), (byte)'\n', (byte)type, .. publicKey];
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(input));
    }
}
