using Terroir.Catalog;

namespace Terroir.Retrieval.Segments;

/// <summary>Merges segments: one walk over their terms, which are sorted in each, so that the memory needed is that
/// of the inputs and the output.</summary>
internal static class SegmentMerger
{
    /// <summary>How many terms are written between two looks at the cancellation token.</summary>
    private const int CancellationTerms = 1_024;

    public static SegmentWriter Merge(IReadOnlyList<SegmentInput> inputs, CancellationToken cancellationToken)
    {
        var readers = inputs.Select(input => new SegmentReader(input.Content)).ToArray();

        // What one input lacks beside its words the output lacks for those documents: it is as old as the oldest.
        var writer = new SegmentWriter(
            readers.Select(reader => reader.Analysis).DefaultIfEmpty(SegmentFormat.Analysis).Min());
        var sources = new List<Source>();
        foreach (var (reader, input) in readers.Zip(inputs))
        {
            cancellationToken.ThrowIfCancellationRequested();
            sources.Add(new Source(reader, AddDocuments(writer, reader, input.Live)));
        }

        var next = new PriorityQueue<Source, (Source Source, int Order)>(NameOrder.Instance);
        foreach (var (order, source) in sources.Index().Where(item => item.Item.Reader.TermCount > 0))
        {
            source.Order = order;
            next.Enqueue(source, (source, order));
        }

        Span<byte> name = [];
        for (var count = 1; next.Count > 0; count++)
        {
            if (count % CancellationTerms == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            name = next.Peek().Name.ToArray();
            while (next.TryPeek(out var source, out _) && source.Name.SequenceEqual(name))
            {
                next.Dequeue();
                Copy(writer, source);
                if (++source.Term < source.Reader.TermCount)
                {
                    next.Enqueue(source, (source, source.Order));
                }
            }

            writer.EndTerm(name);
        }

        return writer;
    }

    /// <summary>Adds the live documents of a segment.</summary>
    /// <returns>The number of each of its passages in the output; -1 for those left out.</returns>
    private static int[] AddDocuments(SegmentWriter writer, SegmentReader reader, IReadOnlySet<DocumentId> live)
    {
        var targets = new int[reader.PassageLengths.Count];
        Array.Fill(targets, -1);
        foreach (var document in reader.Documents.Where(entry => live.Contains(entry.Id)))
        {
            for (var passage = 0; passage < document.PassageCount; passage++)
            {
                targets[document.FirstPassage + passage] = writer.PassageCount + passage;
            }

            writer.AddDocument(
                document.Id,
                document.Length,
                reader.PassageLengths.Of(document.FirstPassage, document.PassageCount));
        }

        return targets;
    }

    private static void Copy(SegmentWriter writer, Source source)
    {
        var postings = source.Reader.Postings(source.Term);
        while (postings.MoveNext())
        {
            var target = source.Targets[postings.Current.Passage];
            if (target >= 0)
            {
                writer.AddPosting(postings.Current with { Passage = target });
            }
        }
    }

    private sealed class Source(SegmentReader reader, int[] targets)
    {
        public SegmentReader Reader { get; } = reader;

        public int[] Targets { get; } = targets;

        /// <summary>The place among the inputs: passages of the first come first.</summary>
        public int Order { get; set; }

        /// <summary>The term that is next.</summary>
        public int Term { get; set; }

        public ReadOnlySpan<byte> Name => Reader.Name(Term);
    }

    private sealed class NameOrder : IComparer<(Source Source, int Order)>
    {
        public static NameOrder Instance { get; } = new();

        public int Compare((Source Source, int Order) x, (Source Source, int Order) y)
        {
            var byName = x.Source.Name.SequenceCompareTo(y.Source.Name);
            return byName != 0 ? byName : x.Order.CompareTo(y.Order);
        }
    }
}
