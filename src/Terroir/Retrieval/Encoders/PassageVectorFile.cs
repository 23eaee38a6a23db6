using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Terroir.Retrieval.Vectors;

namespace Terroir.Retrieval.Encoders;

/// <summary>Vectors of the passages of some documents, as a generation keeps them: a table of documents before a
/// <see cref="VectorBlock"/>. The format is <c>docs/formats/passage-vectors.md</c>.</summary>
/// <remarks>The table is checked when it is read, the block when it is opened. Immutable.</remarks>
internal sealed class PassageVectorFile
{
    /// <summary>The layout that is written, and the only one that is read.</summary>
    public const ushort Version = 1;

    internal const int HeaderSizeBytes = 64;
    internal const int DocumentSizeBytes = 40;

    /// <summary>The longest id of an encoder, in bytes of UTF-8.</summary>
    internal const int IdSizeMaxBytes = 255;

    private readonly ReadOnlyMemory<byte> _block;

    private PassageVectorFile(
        EncoderName encoder,
        bool isInForce,
        IReadOnlyList<EmbeddedDocument> documents,
        ReadOnlyMemory<byte> block)
    {
        Encoder = encoder;
        IsInForce = isInForce;
        Documents = documents;
        _block = block;
    }

    /// <summary>What made the vectors.</summary>
    public EncoderName Encoder { get; }

    /// <summary>Whether the encoder was put in force by it.</summary>
    public bool IsInForce { get; }

    /// <summary>The documents, by where the numbers of their vectors begin.</summary>
    public IReadOnlyList<EmbeddedDocument> Documents { get; }

    internal static ReadOnlySpan<byte> Magic => "TEPV"u8;

    /// <summary>Whether bytes are such a file of the layout that is written, if they are not damaged.</summary>
    public static bool IsCurrent(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderSizeBytes
        && bytes.StartsWith(Magic)
        && BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) == Version;

    /// <summary>Reads the table.</summary>
    /// <param name="bytes">The file; it is not copied and must not change.</param>
    /// <param name="name">What it is called in an error.</param>
    /// <exception cref="BlobCorruptException">It is none, or not all of one.</exception>
    /// <exception cref="SegmentUnsupportedException">Another version of the program wrote it.</exception>
    public static PassageVectorFile Read(ReadOnlyMemory<byte> bytes, string name)
    {
        var head = bytes.Span;
        if (head.Length < HeaderSizeBytes || !head.StartsWith(Magic))
        {
            throw new BlobCorruptException(name);
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(head[4..]) is not Version and var version)
        {
            throw new SegmentUnsupportedException(version, analysis: 0);
        }

        var documentCount = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        var vectorCount = BinaryPrimitives.ReadInt32LittleEndian(head[12..]);
        var idSize = BinaryPrimitives.ReadInt32LittleEndian(head[16..]);
        if (documentCount < 0
            || idSize is < 0 or > IdSizeMaxBytes
            || BlockStart(documentCount, idSize) is var blockAt && blockAt > head.Length
            || !SHA256.HashData(head[..(int)(blockAt - SHA256.HashSizeInBytes)]).AsSpan()
                .SequenceEqual(head[(int)(blockAt - SHA256.HashSizeInBytes)..(int)blockAt]))
        {
            throw new BlobCorruptException(name);
        }

        var documents = ReadDocuments(head[HeaderSizeBytes..], documentCount, vectorCount)
            ?? throw new BlobCorruptException(name);

        var idAt = HeaderSizeBytes + (documentCount * DocumentSizeBytes);
        return new PassageVectorFile(
            new EncoderName(
                Encoding.UTF8.GetString(head.Slice(idAt, idSize)),
                ContentHash.FromDigest(head.Slice(32, SHA256.HashSizeInBytes))),
            BinaryPrimitives.ReadUInt16LittleEndian(head[6..]) == 1,
            documents,
            bytes[(int)blockAt..]);
    }

    /// <summary>Checks and opens the vectors; the number of a vector is <see cref="EmbeddedDocument.First"/> of its
    /// document and the ordinal of its passage together.</summary>
    /// <exception cref="BlobCorruptException">They are damaged.</exception>
    public VectorBlock OpenBlock() => VectorBlock.Read(_block);

    /// <summary>Where the block begins: behind the table and its checksum, at a multiple of 64.</summary>
    internal static long BlockStart(int documentCount, int idSize) =>
        (HeaderSizeBytes + ((long)documentCount * DocumentSizeBytes) + idSize + SHA256.HashSizeInBytes
            + VectorBlockFormat.AlignmentBytes - 1) / VectorBlockFormat.AlignmentBytes
        * VectorBlockFormat.AlignmentBytes;

    private static EmbeddedDocument[]? ReadDocuments(ReadOnlySpan<byte> table, int count, int vectorCount)
    {
        var documents = new EmbeddedDocument[count];
        var first = 0;
        for (var at = 0; at < count; at++)
        {
            var row = table[(at * DocumentSizeBytes)..];
            var passages = BinaryPrimitives.ReadInt32LittleEndian(row[32..]);
            if (passages < 0 || passages > vectorCount - first)
            {
                return null;
            }

            documents[at] = new EmbeddedDocument(
                BinaryPrimitives.ReadUInt128BigEndian(row),
                BinaryPrimitives.ReadUInt128BigEndian(row[16..]),
                first,
                passages);
            first += passages;
        }

        return first == vectorCount ? documents : null;
    }
}

/// <summary>A document with vectors.</summary>
/// <param name="Number">Its id as a number.</param>
/// <param name="Content">What its vectors were made from: <see cref="EmbeddedText.KeyOf(Storage.DocumentVersion)"/>.
/// </param>
/// <param name="First">The number of the vector of its first passage.</param>
/// <param name="Count">How many passages it has; each has a vector.</param>
internal sealed record EmbeddedDocument(UInt128 Number, UInt128 Content, int First, int Count);
