using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>What a tagger has learned: for each bucket of hashed features, how much it speaks for the first word of a
/// name and for a later one, against none. Safe to share between threads.</summary>
/// <remarks>The file is <c>TNAM</c>, the version as one byte, the count of buckets as a power of two in one byte, two
/// bytes of 0, two signed bytes for each bucket, and the SHA-256 of all that.</remarks>
internal sealed class TaggerWeights : IFeatureWeights
{
    /// <summary>The version of the format and of the features: those who change either change it.</summary>
    internal const byte Version = 1;

    /// <summary>How many buckets there are, as a power of two.</summary>
    internal const int Bits = 17;

    private const int HeadSize = 8;
    private const int HashSize = SHA256.HashSizeInBytes;
    private const int Size = HeadSize + (2 << Bits) + HashSize;

    private const string Resource = "names.tagger";

    private static readonly Lazy<TaggerWeights> SharedWeights = new(ReadResource);

    private readonly sbyte[] _values;

    /// <summary>Takes weights.</summary>
    /// <param name="values">For each bucket two values, of <see cref="NameTag.Begin"/> and
    /// <see cref="NameTag.Inside"/>.</param>
    public TaggerWeights(sbyte[] values)
    {
        if (values.Length != 2 << Bits)
        {
            throw new ArgumentException($"There are {values.Length} values instead of {2 << Bits}.", nameof(values));
        }

        _values = values;
    }

    /// <summary>Those that come with the product.</summary>
    public static TaggerWeights Shared => SharedWeights.Value;

    /// <summary>The bucket of a feature; its value for a later word stands behind that of a first one.</summary>
    public static int BucketOf(uint feature) => (int)(feature >> (32 - Bits)) << 1;

    /// <inheritdoc/>
    public (int Begin, int Inside) Sum(ReadOnlySpan<uint> features)
    {
        var (begin, inside) = (0, 0);
        foreach (var feature in features)
        {
            var bucket = BucketOf(feature);
            begin += _values[bucket];
            inside += _values[bucket + 1];
        }

        return (begin, inside);
    }

    /// <summary>Writes them.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        "TNAM"u8.CopyTo(bytes);
        bytes[4] = Version;
        bytes[5] = Bits;
        for (var index = 0; index < _values.Length; index++)
        {
            bytes[HeadSize + index] = (byte)_values[index];
        }

        SHA256.HashData(bytes.AsSpan(..^HashSize), bytes.AsSpan(^HashSize..));
        return bytes;
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidDataException">They are damaged, or of another version.</exception>
    public static TaggerWeights Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadSize || !bytes.StartsWith("TNAM"u8))
        {
            throw new InvalidDataException("These are no weights of a tagger of names.");
        }

        if (bytes[4] != Version || bytes[5] != Bits)
        {
            throw new InvalidDataException(
                $"The weights are of version {bytes[4]} with 2^{bytes[5]} buckets; version {Version} with 2^{Bits} is "
                + "read. Learn them again.");
        }

        if (bytes.Length != Size
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]) != 0
            || !SHA256.HashData(bytes[..^HashSize]).AsSpan().SequenceEqual(bytes[^HashSize..]))
        {
            throw new InvalidDataException("The weights of the tagger of names are damaged.");
        }

        var values = new sbyte[2 << Bits];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = (sbyte)bytes[HeadSize + index];
        }

        return new TaggerWeights(values);
    }

    private static TaggerWeights ReadResource()
    {
#pragma warning disable MA0045 // It is part of the assembly, in memory.
        using var stream = typeof(TaggerWeights).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
#pragma warning restore MA0045
        return Parse(bytes);
    }
}
