using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval;

/// <summary>BM25 of passages: by the formula of the documents with their own lengths, title and headings at half
/// weight.</summary>
internal static class PassageScoring
{
    /// <summary>What a word of the title or the headings counts in a passage's own score.</summary>
    internal const double ContextWeight = 0.5;

    /// <summary>Adds what a term earns.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="term">The term.</param>
    /// <param name="number">Its number in the segment, or -1.</param>
    /// <param name="meanLength">The mean length of the selected documents.</param>
    /// <param name="wanted">Documents, ascending, with the scores of their passages by ordinal.</param>
    public static void Add(
        SegmentReader reader,
        WeighedTerm term,
        int number,
        double meanLength,
        ReadOnlySpan<(int Document, double[] Scores)> wanted)
    {
        Span<int> documents = stackalloc int[SegmentFormat.BlockDocumentCount];
        var blocks = reader.Blocks(number);
        var at = 0;
        while (at < wanted.Length && blocks.MoveTo(wanted[at].Document))
        {
            var found = blocks.ReadDocuments(documents);
            var passages = new PassageReader(blocks.Passages());
            var read = 0;
            for (; at < wanted.Length && wanted[at].Document <= blocks.Last; at++)
            {
                var place = found[read..].BinarySearch(wanted[at].Document);
                if (place < 0)
                {
                    continue;
                }

                for (var left = place; left > 0; left--)
                {
                    passages.Skip();
                }

                read += place + 1;
                AddDocument(reader, term, meanLength, ref passages, wanted[at]);
            }
        }
    }

    private static void AddDocument(
        SegmentReader reader,
        WeighedTerm term,
        double meanLength,
        ref PassageReader passages,
        (int Document, double[] Scores) wanted)
    {
        var first = reader.Documents.First(wanted.Document);
        passages.BeginDocument();
        while (!passages.IsAtEnd)
        {
            passages.MoveNext();
            if (passages.Ordinal >= wanted.Scores.Length)
            {
                throw SegmentReader.Corrupt();
            }

            var count = passages.Count + (ContextWeight * passages.ContextCount);
            var length = reader.PassageLengths[first + passages.Ordinal] / meanLength;
            wanted.Scores[passages.Ordinal] += term.Weight * term.Saturation.Share(count, length);
        }
    }
}
