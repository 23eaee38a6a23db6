using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval.Meaning;

/// <summary>The vectors of a segment's documents under a basis: a function of the segment and the basis, so that it can
/// always be computed again. Each document's vector follows from its own terms alone.</summary>
internal sealed class DocumentVectors
{
    private readonly float[] _values;

    private DocumentVectors(float[] values) => _values = values;

    /// <summary>Computes the vectors from the postings ("folding in").</summary>
    public static DocumentVectors Fold(SegmentReader reader, LatentBasis basis, CancellationToken cancellationToken)
    {
        const int Size = LatentBasis.Dimensions;
        var values = new float[reader.Documents.Count * Size];
        for (var term = 0; term < basis.Terms.Count; term++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.Find(basis.Terms[term]) is >= 0 and var found)
            {
                var counts = new DocumentCounts(reader, found);
                while (counts.MoveNext())
                {
                    basis.AddTo(values.AsSpan(counts.Document * Size, Size), term, counts.Count);
                }
            }
        }

        for (var document = 0; document < reader.Documents.Count; document++)
        {
            VectorLanes.Normalize(values.AsSpan(document * Size, Size));
        }

        return new DocumentVectors(values);
    }

    /// <summary>The cosine of a document and a query's vector; 0 for a document without a known term.</summary>
    public float Likeness(int document, ReadOnlySpan<float> query) =>
        VectorLanes.Dot(_values.AsSpan(document * LatentBasis.Dimensions, LatentBasis.Dimensions), query);
}
