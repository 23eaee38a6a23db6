namespace Terroir.Retrieval.Meaning;

/// <summary>Vectors of a segment's documents as other segments had them: a merge moves documents and changes none of
/// their terms.</summary>
/// <param name="records">The live records of the segment.</param>
/// <param name="earlier">The live records before, with the vectors, under the same basis.</param>
internal sealed class KnownVectors(
    IReadOnlyList<DocumentRecord?> records,
    IReadOnlyDictionary<UInt128, (DocumentRecord Record, DocumentVectors Vectors, int Document)> earlier)
{
    /// <summary>Copies what is known.</summary>
    /// <param name="values">The vectors of the segment's documents.</param>
    /// <param name="isKnown">Set for each document whose vector was copied.</param>
    public void CopyTo(Span<float> values, Span<bool> isKnown)
    {
        const int Size = LatentBasis.Dimensions;
        for (var document = 0; document < records.Count; document++)
        {
            // The whole record says the same: so it is of the same text, cut into the same passages.
            if (records[document] is { } record
                && earlier.TryGetValue(record.Number, out var before)
                && before.Record.Json.Span.SequenceEqual(record.Json.Span))
            {
                before.Vectors.Of(before.Document).CopyTo(values.Slice(document * Size, Size));
                isKnown[document] = true;
            }
        }
    }
}
