using System.Text;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Retrieval.Derived;
using Terroir.Retrieval.Encoders;
using Terroir.Retrieval.Meaning;
using Terroir.Storage;

namespace Terroir.Retrieval.Segments;

/// <summary>Builds and merges segments of postings.</summary>
/// <param name="learningCountMin">Fewer commonly readable documents teach nothing.</param>
/// <param name="files">Keeps what searches need of a segment; <see langword="null"/> for nothing.</param>
internal sealed class PostingSegmentBuilder(
    int learningCountMin = LearningChoice.DocumentCountMin,
    SnapshotFiles? files = null) : ISegmentBuilder
{
    /// <summary>How many collections are watched; of others all documents are looked at.</summary>
    internal const int WatchCountMax = 64;

    /// <summary>After so many changes at once what a watch knows is kept.</summary>
    internal const int KeptChangesMin = 1_024;

    private readonly BoundedCache<CollectionId, LearningWatch> _watches = new(WatchCountMax, _ => 1);

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
        || PassageVectorFile.IsCurrent(content.Span)
        || (SegmentFormat.IsSegment(content.Span)
            && SegmentFormat.VersionOf(content.Span) == SegmentFormat.Version
            && SegmentFormat.AnalysisOf(content.Span) == SegmentFormat.Analysis);

    public JudgedGeneration? JudgedUntil(CollectionId collection, ContentHash learned)
    {
        if (_watches.Find(collection) is null && files?.FindWatch(collection) is { } state)
        {
            _watches.Keep(collection, LearningWatch.Of(state));
        }

        return _watches.Find(collection)?.JudgedUntil(learned);
    }

    public bool MayStay(ContentHash learned, CollectionRecords changes)
    {
        if (_watches.Find(changes.Head.Collection) is not { } watch || !watch.MayStay(learned, changes))
        {
            return false;
        }

        // Few changes are read again faster than they are kept.
        if (changes.Documents.Count >= KeptChangesMin)
        {
            files?.KeepWatch(changes.Head.Collection, watch.State);
        }

        return true;
    }

    public ICollectionLearning? StartLearning(LearnedText learned, CollectionRecords state)
    {
        // No record need be read to know that there are too few.
        if (learned.Content.IsEmpty && state.Documents.Count < learningCountMin)
        {
            return null;
        }

        var basis = learned.Content.IsEmpty ? null : BasisFile.Read(learned.Content.Span);
        var texts = new RecordTexts();
        var records = state.Documents.Select(row => DocumentRecord.Parse(row.Record, texts));
        var common = records.Where(record => CommonReaders.MayRead(record.Access)).ToArray();
        if (LearningChoice.Make(basis, common, learningCountMin) is { } choice)
        {
            return new BasisLearning(choice);
        }

        var watch = new LearningWatch(learned.Hash, basis, common, learningCountMin, state.Head);
        _watches.Keep(state.Head.Collection, watch);
        if (files?.IsLarge(state.Documents.Count) is true)
        {
            files.KeepWatch(state.Head.Collection, watch.State);
        }

        return null;
    }

    public void Prepare(
        LearnedText learned,
        SegmentRow segment,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        if (files?.IsLarge(segment.DocumentCount) is true)
        {
            files.Vectors(
                new VectorFileName(learned.Collection, segment.Hash, learned.Hash),
                segment.DocumentCount,
                () => DocumentVectors.Fold(
                    new SegmentReader(content),
                    BasisFile.Read(learned.Content.Span).Basis,
                    cancellationToken));
        }
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
