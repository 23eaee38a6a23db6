namespace Terroir.Bench.Chunking;

/// <summary>How well retrieved chunks cover the characters that answer, as Chroma's evaluation counts.</summary>
/// <param name="Recall">The share of the answer that was retrieved.</param>
/// <param name="Precision">The share of the retrieved characters that answer.</param>
/// <param name="Overlap">Intersection over union.</param>
internal sealed record SpanScore(double Recall, double Precision, double Overlap)
{
    /// <summary>Scores one question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="retrieved">The chunks: the name of their text, and their characters.</param>
    public static SpanScore Of(SpanQuestion question, IReadOnlyList<(string Corpus, CharacterRange Range)> retrieved)
    {
        var own = retrieved
            .Where(chunk => string.Equals(chunk.Corpus, question.Corpus, StringComparison.Ordinal))
            .Select(chunk => chunk.Range)
            .ToArray();
        double found = CharacterRanges.Union(CharacterRanges.Intersect(question.References, own));
        double wanted = CharacterRanges.Union(question.References);
        double shown = retrieved.Sum(chunk => chunk.Range.Length);
        return new SpanScore(found / wanted, shown > 0 ? found / shown : 0, found / (shown + wanted - found));
    }

    /// <summary>The mean of scores.</summary>
    public static SpanScore Mean(IReadOnlyList<SpanScore> scores) => new(
        scores.Average(score => score.Recall),
        scores.Average(score => score.Precision),
        scores.Average(score => score.Overlap));
}
