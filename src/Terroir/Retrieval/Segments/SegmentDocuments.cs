using System.Buffers.Binary;
using System.Collections;

namespace Terroir.Retrieval.Segments;

/// <summary>The documents of a segment, in the order in which they were added; read where they stand.</summary>
internal sealed class SegmentDocuments(SegmentBytes bytes) : IReadOnlyList<SegmentDocumentEntry>
{
    private readonly SegmentHeader _header = bytes.Header;

    public int Count => _header.DocumentCount;

    public SegmentDocumentEntry this[int document]
    {
        get
        {
            var first = First(document);
            var count = First(document + 1) - first;
            return count >= 0
                ? new SegmentDocumentEntry(
                    DocumentId.Parse(Convert.ToHexStringLower(IdBytes(document))),
                    first,
                    count,
                    Number(_header.LengthsAt, document))
                : throw bytes.Corrupt();
        }
    }

    /// <summary>The 16 bytes of a document's id.</summary>
    public ReadOnlySpan<byte> IdBytes(int document) => bytes.Read(
        SegmentFormat.HeaderSizeBytes + ((long)document * SegmentFormat.IdSizeBytes),
        SegmentFormat.IdSizeBytes);

    /// <summary>The ids of all documents, 16 bytes each.</summary>
    public ReadOnlySpan<byte> AllIds() => bytes.Read(
        SegmentFormat.HeaderSizeBytes,
        (long)_header.DocumentCount * SegmentFormat.IdSizeBytes);

    /// <summary>How many passages a document has.</summary>
    public int PassageCountOf(int document) =>
        First(document + 1) - First(document) is >= 0 and var count ? count : throw bytes.Corrupt();

    /// <summary>The first passage of a document; for the number after the last, the count of passages.</summary>
    public int First(int document) =>
        document == _header.DocumentCount ? _header.PassageCount : Number(_header.FirstsAt, document);

    /// <summary>The first passages of all documents, four bytes each.</summary>
    public ReadOnlySpan<byte> AllFirsts() =>
        bytes.Read(_header.FirstsAt, (long)_header.DocumentCount * SegmentFormat.NumberSizeBytes);

    /// <summary>The lengths of all documents, four bytes each.</summary>
    public ReadOnlySpan<byte> AllLengths() =>
        bytes.Read(_header.LengthsAt, (long)_header.DocumentCount * SegmentFormat.NumberSizeBytes);

    public IEnumerator<SegmentDocumentEntry> GetEnumerator()
    {
        for (var document = 0; document < Count; document++)
        {
            yield return this[document];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Number(long section, int document)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(document);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(document, _header.DocumentCount);
        var at = section + ((long)document * SegmentFormat.NumberSizeBytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes.Read(at, SegmentFormat.NumberSizeBytes));
    }
}
