using Terroir.Catalog;
using Terroir.Retrieval.Segments;
using Terroir.Retrieval.Text;

namespace Terroir.Tests.Retrieval;

/// <summary>Writes segments as they were before terms stood beside the words.</summary>
internal sealed class WordSegmentBuilder : ISegmentBuilder
{
    private readonly PostingSegmentBuilder _builder = new();

    public BuiltSegment Build(IReadOnlyList<SegmentDocument> documents, CancellationToken cancellationToken)
    {
        var built = _builder.Build(documents, cancellationToken);
        return built with { Content = WordsOf(new SegmentReader(built.Content)) };
    }

    public BuiltSegment? Merge(IReadOnlyList<SegmentInput> inputs, CancellationToken cancellationToken) =>
        _builder.Merge(inputs, cancellationToken);

    private static byte[] WordsOf(SegmentReader reader)
    {
        var writer = new SegmentWriter(SegmentFormat.WordAnalysis);
        foreach (var document in reader.Documents)
        {
            var lengths = reader.PassageLengths.Of(document.FirstPassage, document.PassageCount);
            writer.AddDocument(document.Id, document.Length, lengths);
        }

        for (var term = 0; term < reader.TermCount; term++)
        {
            if (TextAnalysis.IsWord(reader.Name(term)))
            {
                var postings = reader.Postings(term);
                while (postings.MoveNext())
                {
                    writer.AddPosting(postings.Current);
                }

                writer.EndTerm(reader.Name(term));
            }
        }

        return writer.ToArray();
    }
}
