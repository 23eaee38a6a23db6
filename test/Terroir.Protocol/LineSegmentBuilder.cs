using System.Text;
using Terroir.Catalog;

namespace Terroir.Protocol;

/// <summary>Segments that are lines of <c>document version</c>: all that a history needs of an index.</summary>
internal sealed class LineSegmentBuilder : ISegmentBuilder
{
    public BuiltSegment Build(IReadOnlyList<SegmentDocument> documents, CancellationToken cancellationToken) =>
        Write(documents.Select(document => (document.Id, document.Version)));

    public BuiltSegment? Merge(IReadOnlyList<SegmentInput> inputs, CancellationToken cancellationToken)
    {
        var live = inputs
            .SelectMany(input => Read(input.Content).Where(line => input.Live.Contains(line.Id)))
            .ToArray();
        return live.Length == 0 ? null : Write(live);
    }

    /// <summary>The documents of a segment, each with its version.</summary>
    public static IEnumerable<(DocumentId Id, ContentHash Version)> Read(ReadOnlyMemory<byte> segment) =>
        Encoding.ASCII.GetString(segment.Span)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Select(words => (DocumentId.Parse(words[0]), ContentHash.Parse(words[1])));

    private static BuiltSegment Write(IEnumerable<(DocumentId Id, ContentHash Version)> documents)
    {
        string[] lines = [.. documents.Select(line => $"{line.Id} {line.Version}\n").Order(StringComparer.Ordinal)];
        return new BuiltSegment(Encoding.ASCII.GetBytes(string.Concat(lines)), lines.Length, lines.Length);
    }
}
