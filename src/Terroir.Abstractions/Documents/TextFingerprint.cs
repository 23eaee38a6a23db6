using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Terroir.Documents;

/// <summary>What is remembered of a text to find its copies: the start of a hash of the whole, and a sketch by which
/// two texts can be compared without reading them.</summary>
/// <remarks>Immutable. How it is computed is in <c>docs/features/kinship.md</c>.</remarks>
[JsonConverter(typeof(TextFingerprintConverter))]
public sealed class TextFingerprint : IEquatable<TextFingerprint>
{
    /// <summary>The bytes of the hash.</summary>
    public const int HashSizeBytes = 16;

    /// <summary>The bytes of the sketch: one for each of its hash functions.</summary>
    public const int SketchSizeBytes = 128;

    private readonly byte[] _bytes;

    private TextFingerprint(byte[] bytes) => _bytes = bytes;

    /// <summary>The start of the SHA-256 digest of the text, its spaces and capitals folded.</summary>
    public ReadOnlySpan<byte> Hash => _bytes.AsSpan(0, HashSizeBytes);

    /// <summary>The sketch: the share of equal bytes in two of them estimates how much the texts have in common.
    /// </summary>
    public ReadOnlySpan<byte> Sketch => _bytes.AsSpan(HashSizeBytes);

    /// <summary>Keeps a fingerprint.</summary>
    /// <param name="hash"><see cref="HashSizeBytes"/> bytes.</param>
    /// <param name="sketch"><see cref="SketchSizeBytes"/> bytes.</param>
    /// <returns>The fingerprint.</returns>
    /// <exception cref="ArgumentException">One has another length.</exception>
    public static TextFingerprint Of(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> sketch) =>
        hash.Length == HashSizeBytes && sketch.Length == SketchSizeBytes
            ? new TextFingerprint([.. hash, .. sketch])
            : throw new ArgumentException("A fingerprint has a hash of 16 bytes and a sketch of 128.", nameof(hash));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">Base64 for addresses (RFC 4648, 5), which JSON writes as it is.</param>
    /// <param name="fingerprint">The fingerprint, or <see langword="null"/>.</param>
    /// <returns>Whether it was one.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TextFingerprint? fingerprint)
    {
        var bytes = new byte[HashSizeBytes + SketchSizeBytes];
        fingerprint = text?.Length == Base64Url.GetEncodedLength(bytes.Length)
            && Base64Url.TryDecodeFromChars(text, bytes, out var length)
            && length == bytes.Length
            ? new TextFingerprint(bytes)
            : null;
        return fingerprint is not null;
    }

    /// <inheritdoc/>
    public bool Equals(TextFingerprint? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextFingerprint);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes, 0);

    /// <summary>Writes it as Base64 for addresses.</summary>
    public override string ToString() => Base64Url.EncodeToString(_bytes);
}
