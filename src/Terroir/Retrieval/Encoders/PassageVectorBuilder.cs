using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Terroir.Catalog;
using Terroir.Retrieval.Vectors;

namespace Terroir.Retrieval.Encoders;

/// <summary>Collects vectors of passages and writes them as a <see cref="PassageVectorFile"/>. For one thread.
/// </summary>
/// <remarks>The same documents give the same bytes, in whichever order they came.</remarks>
/// <param name="encoder">What made the vectors.</param>
/// <param name="dimensions">Components of a vector.</param>
/// <param name="isInForce">Whether the file puts the encoder in force.</param>
internal sealed class PassageVectorBuilder(EncoderName encoder, int dimensions, bool isInForce)
{
    private readonly SortedDictionary<(UInt128 Content, UInt128 Number), IReadOnlyList<float[]>> _documents = [];

    /// <summary>How many vectors it has.</summary>
    public int VectorCount { get; private set; }

    /// <summary>Adds the vectors of a document; one that is there already is not added again.</summary>
    /// <param name="number">The document's id as a number.</param>
    /// <param name="content">What the vectors were made from.</param>
    /// <param name="vectors">One for each passage, by ordinal.</param>
    /// <exception cref="VectorUnusableException">One has another length or is not finite.</exception>
    public void Add(UInt128 number, UInt128 content, IReadOnlyList<float[]> vectors)
    {
        foreach (var vector in vectors)
        {
            VectorLimits.Check(vector, dimensions);
        }

        if (_documents.TryAdd((content, number), vectors))
        {
            VectorCount += vectors.Count;
        }
    }

    /// <summary>Drafts the change in which the file joins.</summary>
    /// <param name="leaving">The segments whose place it takes.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The change; without a vector nothing joins.</returns>
    public VectorChange ToChange(IReadOnlyList<ContentHash> leaving, CancellationToken cancellationToken) => new()
    {
        Joining = Build(cancellationToken),
        Documents = [.. _documents.Keys.Select(key => DocumentRecord.IdOf(key.Number))],
        Leaving = leaving,
    };

    /// <summary>Writes the file.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The segment that the catalogue keeps; <see langword="null"/> without a vector.</returns>
    public BuiltSegment? Build(CancellationToken cancellationToken)
    {
        if (VectorCount == 0)
        {
            return null;
        }

        var block = new VectorBlockBuilder(dimensions, VectorMetric.InnerProduct);
        var id = Encoding.UTF8.GetBytes(encoder.Id);
        var head = new byte[PassageVectorFile.BlockStart(_documents.Count, id.Length)];
        WriteHeader(head, id.Length);
        var (at, first) = (PassageVectorFile.HeaderSizeBytes, 0);
        foreach (var ((content, number), vectors) in _documents)
        {
            BinaryPrimitives.WriteUInt128BigEndian(head.AsSpan(at), number);
            BinaryPrimitives.WriteUInt128BigEndian(head.AsSpan(at + 16), content);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(at + 32), vectors.Count);
            at += PassageVectorFile.DocumentSizeBytes;
            foreach (var (ordinal, vector) in vectors.Index())
            {
                block.Add(first + ordinal, EmbeddedText.KeyOf(number, content, ordinal), vector);
            }

            first += vectors.Count;
        }

        id.CopyTo(head, at);
        SHA256.HashData(head.AsSpan(..^SHA256.HashSizeInBytes), head.AsSpan(^SHA256.HashSizeInBytes..));
        using var file = new MemoryStream();
        file.Write(head);
        block.Write(file, progress: null, cancellationToken);
        return new BuiltSegment(file.ToArray(), DocumentCount: 0, VectorCount);
    }

    private void WriteHeader(Span<byte> head, int idSize)
    {
        PassageVectorFile.Magic.CopyTo(head);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], PassageVectorFile.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], isInForce ? (ushort)1 : (ushort)0);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], _documents.Count);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], VectorCount);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], idSize);
        Convert.FromHexString(encoder.Card.Hex).CopyTo(head[32..]);
    }
}
