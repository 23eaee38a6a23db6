namespace Terroir.Retrieval.Fusion;

/// <summary>What the leg of encoders added in one search. For one thread.</summary>
internal sealed class EncoderParts
{
    private readonly List<MeaningPart> _documents = [];
    private readonly Dictionary<(int Segment, int Document), Dictionary<int, double>> _passages = [];

    /// <summary>What was added to documents.</summary>
    public IReadOnlyList<MeaningPart> Documents => _documents;

    /// <summary>Notes what a passage gives.</summary>
    /// <param name="segment">The segment's number in the search.</param>
    /// <param name="document">The document's number in the segment.</param>
    /// <param name="ordinal">The passage; the best of a document comes first.</param>
    /// <param name="value">What it gives.</param>
    /// <returns>Whether it is the first of its document, which gives the document as much.</returns>
    public bool Add(int segment, int document, int ordinal, double value)
    {
        if (_passages.TryGetValue((segment, document), out var passages))
        {
            passages[ordinal] = value;
            return false;
        }

        _passages[(segment, document)] = new Dictionary<int, double> { [ordinal] = value };
        _documents.Add(new MeaningPart(segment, document, value));
        return true;
    }

    /// <summary>What a passage was given; 0 for nothing.</summary>
    public double Of(RankedDocument ranked, int ordinal) =>
        _passages.TryGetValue((ranked.Segment, ranked.Document), out var passages)
            ? passages.GetValueOrDefault(ordinal)
            : 0;

    /// <summary>Adds to the scores of a document's passages what they were given.</summary>
    public void AddTo(RankedDocument ranked, double[] scores)
    {
        foreach (var (ordinal, value) in _passages.GetValueOrDefault((ranked.Segment, ranked.Document), []))
        {
            scores[ordinal] += value;
        }
    }
}
