using System.Runtime.InteropServices;
using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval.Meaning;

/// <summary>The vectors of a segment's documents under a basis: a function of the segment and the basis, so that they
/// can always be computed again. Each document's vector follows from its own terms alone.</summary>
/// <remarks>Immutable, in memory or read where they stand in a mapped file.</remarks>
internal sealed class DocumentVectors
{
    /// <summary>The bytes of a vector: <see cref="LatentBasis.Dimensions"/> floats.</summary>
    public const int SizeBytes = LatentBasis.Dimensions * sizeof(float);

    // 4 MiB of vectors.
    private const int DocumentsAtOnce = 8_192;

    private readonly float[] _values = [];
    private readonly ReadOnlyMemory<byte> _mapped;

    /// <summary>Takes vectors that were computed before.</summary>
    /// <param name="mapped">The vectors, one after the other; not copied.</param>
    public DocumentVectors(ReadOnlyMemory<byte> mapped)
    {
        _mapped = mapped;
        Count = mapped.Length / SizeBytes;
    }

    private DocumentVectors(float[] values)
    {
        _values = values;
        Count = values.Length / LatentBasis.Dimensions;
    }

    /// <summary>How many documents.</summary>
    public int Count { get; }

    /// <summary>All components.</summary>
    public ReadOnlySpan<float> Values =>
        _values.Length > 0 ? _values : MemoryMarshal.Cast<byte, float>(_mapped.Span);

    /// <summary>Computes the vectors from the postings ("folding in").</summary>
    public static DocumentVectors Fold(SegmentReader reader, LatentBasis basis, CancellationToken cancellationToken) =>
        Fold(reader, basis, known: null, cancellationToken);

    /// <summary>Computes those vectors from the postings that are not known.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="basis">The basis.</param>
    /// <param name="known">Vectors that are known from another segment, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work within some milliseconds.</param>
    public static DocumentVectors Fold(
        SegmentReader reader,
        LatentBasis basis,
        KnownVectors? known,
        CancellationToken cancellationToken)
    {
        var values = new float[reader.Documents.Count * LatentBasis.Dimensions];
        var isKnown = new bool[reader.Documents.Count];
        known?.CopyTo(values, isKnown);
        if (isKnown.Contains(value: false))
        {
            Fold(reader, basis, values, isKnown, cancellationToken);
        }

        return new DocumentVectors(values);
    }

    /// <summary>The vector of a document.</summary>
    public ReadOnlySpan<float> Of(int document) =>
        Values.Slice(document * LatentBasis.Dimensions, LatentBasis.Dimensions);

    /// <summary>The cosine of a document and a query's vector; 0 for a document without a known term.</summary>
    public float Likeness(int document, ReadOnlySpan<float> query) => VectorLanes.Dot(Of(document), query);

    // Some documents at a time, so that their vectors stay in the processor's cache while the terms pass. Each document
    // gets its terms in the same order as ever, and so the same bits.
    private static void Fold(
        SegmentReader reader,
        LatentBasis basis,
        float[] values,
        bool[] isKnown,
        CancellationToken cancellationToken)
    {
        var terms = basis.Terms.Select((name, term) => (Term: term, Number: reader.Find(name)))
            .Where(item => item.Number >= 0)
            .ToArray();
        for (var first = 0; first < isKnown.Length; first += DocumentsAtOnce)
        {
            var end = Math.Min(isKnown.Length, first + DocumentsAtOnce);
            if (isKnown.AsSpan(first..end).Contains(value: false))
            {
                foreach (var (term, number) in terms)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    AddTerm(reader.Blocks(number), basis, term, first..end, values, isKnown);
                }
            }
        }

        for (var document = 0; document < isKnown.Length; document++)
        {
            if (!isKnown[document])
            {
                VectorLanes.Normalize(values.AsSpan(document * LatentBasis.Dimensions, LatentBasis.Dimensions));
            }
        }
    }

    private static void AddTerm(
        PostingBlocks blocks,
        LatentBasis basis,
        int term,
        Range range,
        float[] values,
        bool[] isKnown)
    {
        Span<int> documents = stackalloc int[SegmentFormat.BlockDocumentCount];
        Span<int> counts = stackalloc int[SegmentFormat.BlockDocumentCount];
        var (first, end) = (range.Start.Value, range.End.Value);
        for (var isThere = blocks.MoveTo(first); isThere; isThere = blocks.Last < end - 1 && blocks.MoveNext())
        {
            var found = blocks.ReadDocuments(documents);
            blocks.ReadCounts(counts);
            for (var index = 0; index < found.Length; index++)
            {
                var document = found[index];
                if (document >= first && document < end && !isKnown[document])
                {
                    var vector = values.AsSpan(document * LatentBasis.Dimensions, LatentBasis.Dimensions);
                    basis.AddTo(vector, term, counts[index]);
                }
            }
        }
    }
}
