using System.Text;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Retrieval.Text;

namespace Terroir.Retrieval.Segments;

/// <summary>Writes a segment; the same documents give the same bytes. The format is
/// <c>docs/formats/segment.md</c>.</summary>
internal sealed class SegmentWriter
{
    internal const int Magic = 0x31474554; // TEG1, little endian.

    private readonly List<SegmentDocumentEntry> _documents = [];
    private readonly List<int> _passageLengths = [];
    private readonly SortedDictionary<string, List<Posting>> _terms = new(StringComparer.Ordinal);

    public int DocumentCount => _documents.Count;

    public int PassageCount => _passageLengths.Count;

    /// <summary>Analyses a document; calls on different documents may run at once.</summary>
    public static AnalyzedDocument Analyze(SegmentDocument document)
    {
        var passages = document.Passages.Select(passage => Analyze(document, passage)).ToArray();
        var chain = TextAnalysis.ChainOf(document.Passages[0].Language);
        var title = TextAnalysis.Analyze(document.Title, chain).Count;
        return new AnalyzedDocument(document.Id, passages, passages.Sum(passage => passage.Length) + title);
    }

    public void Add(AnalyzedDocument document)
    {
        _documents.Add(new SegmentDocumentEntry(
            document.Id,
            _passageLengths.Count,
            document.Passages.Count,
            document.Length));
        foreach (var passage in document.Passages)
        {
            var number = _passageLengths.Count;
            _passageLengths.Add(passage.Length);
            foreach (var (term, (count, contextCount)) in passage.Terms)
            {
                Append(term, new Posting(number, count, contextCount));
            }
        }
    }

    /// <summary>Copies the live documents of another segment.</summary>
    public void Add(SegmentReader reader, IReadOnlySet<DocumentId> live)
    {
        var targets = new int[reader.PassageLengths.Count];
        Array.Fill(targets, -1);
        foreach (var document in reader.Documents.Where(entry => live.Contains(entry.Id)))
        {
            _documents.Add(document with { FirstPassage = _passageLengths.Count });
            for (var passage = 0; passage < document.PassageCount; passage++)
            {
                targets[document.FirstPassage + passage] = _passageLengths.Count;
                _passageLengths.Add(reader.PassageLengths[document.FirstPassage + passage]);
            }
        }

        foreach (var term in reader.Terms)
        {
            foreach (var posting in reader.Postings(term).Where(posting => targets[posting.Passage] >= 0))
            {
                Append(term, posting with { Passage = targets[posting.Passage] });
            }
        }
    }

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write7BitEncodedInt(_documents.Count);
        foreach (var document in _documents)
        {
            writer.Write(Convert.FromHexString(document.Id.Value));
            writer.Write7BitEncodedInt(document.PassageCount);
            writer.Write7BitEncodedInt(document.Length);
        }

        _passageLengths.ForEach(writer.Write7BitEncodedInt);
        writer.Write7BitEncodedInt(_terms.Count);
        foreach (var (term, postings) in _terms)
        {
            WriteTerm(writer, term, postings);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static AnalyzedPassage Analyze(SegmentDocument document, Passage passage)
    {
        var chain = TextAnalysis.ChainOf(passage.Language);
        var text = Encoding.UTF8.GetString(document.Text.Span[passage.Start..passage.End]);
        var body = TextAnalysis.Analyze(text, chain);
        var context = TextAnalysis.Analyze($"{document.Title}\n{string.Join('\n', passage.Headings)}", chain);
        var terms = new Dictionary<string, (int Count, int ContextCount)>(StringComparer.Ordinal);
        foreach (var (term, _, _) in body)
        {
            var (count, contextCount) = terms.GetValueOrDefault(term);
            terms[term] = (count + 1, contextCount);
        }

        foreach (var (term, _, _) in context)
        {
            var (count, contextCount) = terms.GetValueOrDefault(term);
            terms[term] = (count, contextCount + 1);
        }

        return new AnalyzedPassage(terms, body.Count);
    }

    private static void WriteTerm(BinaryWriter writer, string term, List<Posting> postings)
    {
        using var list = new MemoryStream();
        using var bytes = new BinaryWriter(list);
        var last = 0;
        foreach (var posting in postings)
        {
            bytes.Write7BitEncodedInt(posting.Passage - last);
            bytes.Write7BitEncodedInt(posting.Count);
            bytes.Write7BitEncodedInt(posting.ContextCount);
            last = posting.Passage;
        }

        bytes.Flush();
        writer.Write(term);
        writer.Write7BitEncodedInt(postings.Count);
        writer.Write7BitEncodedInt((int)list.Length);
        writer.Write(list.GetBuffer(), 0, (int)list.Length);
    }

    private void Append(string term, Posting posting)
    {
        if (!_terms.TryGetValue(term, out var postings))
        {
            _terms[term] = postings = [];
        }

        postings.Add(posting);
    }
}

/// <summary>A document's terms.</summary>
internal sealed record AnalyzedDocument(DocumentId Id, IReadOnlyList<AnalyzedPassage> Passages, int Length);

/// <summary>A passage's terms.</summary>
internal sealed record AnalyzedPassage(IReadOnlyDictionary<string, (int Count, int ContextCount)> Terms, int Length);
