using Terroir.Catalog;

namespace Terroir.Retrieval.Segments;

/// <summary>Builds and merges segments of postings.</summary>
internal sealed class PostingSegmentBuilder : ISegmentBuilder
{
    public BuiltSegment Build(IReadOnlyList<SegmentDocument> documents, CancellationToken cancellationToken)
    {
        var analyzed = documents.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Select(SegmentWriter.Analyze)
            .ToArray();
        var writer = new SegmentWriter();
        foreach (var document in analyzed)
        {
            writer.Add(document);
        }

        return new BuiltSegment(writer.ToArray(), writer.DocumentCount, writer.PassageCount);
    }

    public BuiltSegment? Merge(IReadOnlyList<SegmentInput> inputs, CancellationToken cancellationToken)
    {
        var writer = new SegmentWriter();
        foreach (var input in inputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Add(new SegmentReader(input.Content), input.Live);
        }

        return writer.DocumentCount == 0
            ? null
            : new BuiltSegment(writer.ToArray(), writer.DocumentCount, writer.PassageCount);
    }
}
