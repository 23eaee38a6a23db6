using System.Text;
using Terroir.Catalog;
using Terroir.Retrieval.Meaning;
using Terroir.Storage;

namespace Terroir.Retrieval.Segments;

/// <summary>Builds and merges segments of postings.</summary>
/// <param name="learningCountMin">Fewer commonly readable documents teach nothing.</param>
internal sealed class PostingSegmentBuilder(int learningCountMin = LearningChoice.DocumentCountMin) : ISegmentBuilder
{
    public BuiltSegment Build(IReadOnlyList<SegmentDocument> documents, CancellationToken cancellationToken)
    {
        var analyzed = documents.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Select(DocumentAnalysis.Analyze)
            .ToArray();
        var writer = new SegmentWriter();
        var terms = new Dictionary<string, List<Posting>>(StringComparer.Ordinal);
        foreach (var document in analyzed)
        {
            Collect(document, writer.PassageCount, terms);
            writer.AddDocument(
                document.Id,
                document.Length,
                [.. document.Passages.Select(passage => passage.Length)]);
        }

        // By bytes and not by characters: outside the basic plane UTF-16 and UTF-8 sort differently.
        var sorted = terms.Select(pair => (Name: Encoding.UTF8.GetBytes(pair.Key), Postings: pair.Value)).ToArray();
        Array.Sort(sorted, static (x, y) => x.Name.AsSpan().SequenceCompareTo(y.Name));
        foreach (var (name, postings) in sorted)
        {
            postings.ForEach(writer.AddPosting);
            writer.EndTerm(name);
        }

        return Finish(writer);
    }

    public BuiltSegment? Merge(IReadOnlyList<SegmentInput> inputs, CancellationToken cancellationToken)
    {
        var writer = SegmentMerger.Merge(inputs, cancellationToken);
        return writer.DocumentCount == 0 ? null : Finish(writer);
    }

    public bool IsCurrent(ReadOnlyMemory<byte> content) =>
        BasisFile.IsCurrent(content.Span)
        || (SegmentFormat.IsSegment(content.Span)
            && SegmentFormat.VersionOf(content.Span) == SegmentFormat.Version
            && SegmentFormat.AnalysisOf(content.Span) == SegmentFormat.Analysis);

    public ICollectionLearning? StartLearning(ReadOnlyMemory<byte> learned, IReadOnlyList<StoredRecord> documents)
    {
        // No record need be read to know that there are too few.
        if (learned.IsEmpty && documents.Count < learningCountMin)
        {
            return null;
        }

        var basis = learned.IsEmpty ? null : BasisFile.Read(learned.Span);
        var texts = new RecordTexts();
        var records = documents.Select(row => DocumentRecord.Parse(row.Record, texts));
        return LearningChoice.Make(basis, records, learningCountMin) is { } choice ? new BasisLearning(choice) : null;
    }

    private static BuiltSegment Finish(SegmentWriter writer) =>
        new(writer.ToArray(), writer.DocumentCount, writer.PassageCount);

    private static void Collect(AnalyzedDocument document, int first, Dictionary<string, List<Posting>> terms)
    {
        foreach (var (number, passage) in document.Passages.Index())
        {
            foreach (var (term, count) in passage.Terms)
            {
                if (!terms.TryGetValue(term, out var postings))
                {
                    terms[term] = postings = [];
                }

                postings.Add(new Posting(first + number, count.Body, count.Context));
            }
        }
    }
}
