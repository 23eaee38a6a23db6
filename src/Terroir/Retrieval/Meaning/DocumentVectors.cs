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

    private static void Fold(
        SegmentReader reader,
        LatentBasis basis,
        float[] values,
        bool[] isKnown,
        CancellationToken cancellationToken)
    {
        const int Size = LatentBasis.Dimensions;
        for (var term = 0; term < basis.Terms.Count; term++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.Find(basis.Terms[term]) is >= 0 and var found)
            {
                var counts = new DocumentCounts(reader, found);
                while (counts.MoveNext())
                {
                    if (!isKnown[counts.Document])
                    {
                        basis.AddTo(values.AsSpan(counts.Document * Size, Size), term, counts.Count);
                    }
                }
            }
        }

        for (var document = 0; document < isKnown.Length; document++)
        {
            if (!isKnown[document])
            {
                VectorLanes.Normalize(values.AsSpan(document * Size, Size));
            }
        }
    }
}
