using System.Text;

namespace Terroir.Retrieval.Segments;

/// <summary>A segment in memory. Its bytes were checked against their hash by whoever read them.</summary>
internal sealed class SegmentReader
{
    private readonly byte[] _content;
    private readonly Dictionary<string, (int Offset, int Count)> _terms;

    public SegmentReader(ReadOnlyMemory<byte> content)
    {
        _content = content.ToArray();
        using var reader = new BinaryReader(new MemoryStream(_content), Encoding.UTF8);
        if (reader.ReadInt32() != SegmentWriter.Magic)
        {
            throw new BlobCorruptException("segment");
        }

        var documents = new SegmentDocumentEntry[reader.Read7BitEncodedInt()];
        var passageCount = 0;
        for (var index = 0; index < documents.Length; index++)
        {
            var id = DocumentId.Parse(Convert.ToHexStringLower(reader.ReadBytes(DocumentId.HexLength / 2)));
            var count = reader.Read7BitEncodedInt();
            documents[index] = new SegmentDocumentEntry(id, passageCount, count, reader.Read7BitEncodedInt());
            passageCount += count;
        }

        Documents = documents;
        PassageLengths = [.. Enumerable.Range(0, passageCount).Select(_ => reader.Read7BitEncodedInt())];
        DocumentOfPassage =
        [
            .. documents.SelectMany((document, index) => Enumerable.Repeat(index, document.PassageCount)),
        ];
        _terms = ReadTerms(reader);
    }

    public IReadOnlyList<SegmentDocumentEntry> Documents { get; }

    public IReadOnlyList<int> PassageLengths { get; }

    public IReadOnlyList<int> DocumentOfPassage { get; }

    public IEnumerable<string> Terms => _terms.Keys.Order(StringComparer.Ordinal);

    /// <summary>Lists the postings of a term by passage; none if the segment does not have it.</summary>
    public IEnumerable<Posting> Postings(string term)
    {
        if (!_terms.TryGetValue(term, out var entry))
        {
            yield break;
        }

        var at = entry.Offset;
        var passage = 0;
        for (var index = 0; index < entry.Count; index++)
        {
            passage += ReadNumber(ref at);
            yield return new Posting(passage, ReadNumber(ref at), ReadNumber(ref at));
        }
    }

    private static Dictionary<string, (int Offset, int Count)> ReadTerms(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        var terms = new Dictionary<string, (int Offset, int Count)>(count, StringComparer.Ordinal);
        for (var index = 0; index < count; index++)
        {
            var term = reader.ReadString();
            var postings = reader.Read7BitEncodedInt();
            var length = reader.Read7BitEncodedInt();
            terms[term] = ((int)reader.BaseStream.Position, postings);
            reader.BaseStream.Position += length;
        }

        return terms;
    }

    private int ReadNumber(ref int at)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = _content[at++];
            value |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
