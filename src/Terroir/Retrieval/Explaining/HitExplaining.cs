using Terroir.Retrieval.Fusion;
using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval.Explaining;

/// <summary>Explains hits by scoring them again, term by term, in the order of the first time.</summary>
internal sealed class HitExplaining(
    IReadOnlyList<ReadableSegment> segments,
    Scoring scoring,
    IReadOnlyList<MeaningPart> meanings,
    EncoderParts encoded,
    SearchRequest request)
{
    private readonly Dictionary<(int Segment, int Document), double> _meanings =
        meanings.Concat(encoded.Documents).ToDictionary(part => (part.Segment, part.Document), part => part.Value);

    /// <summary>Explains a hit.</summary>
    public HitExplanation Explain(RankedPassage hit)
    {
        var segment = segments[hit.Ranked.Segment];
        var entry = segment.Reader.Documents[hit.Ranked.Document];
        var length = entry.Length / scoring.MeanLength;
        var passageLength =
            segment.Reader.PassageLengths[entry.FirstPassage + hit.Ordinal] / scoring.MeanLength;
        var terms = new List<TermPart>();
        foreach (var term in scoring.Terms)
        {
            var counts = Count(segment, term.Numbers[hit.Ranked.Segment], entry, hit.Ordinal);
            if (counts.Document + counts.Context == 0)
            {
                continue;
            }

            var inPassage = counts.Passage + (PassageScoring.ContextWeight * counts.PassageContext);
            terms.Add(new TermPart(
                term.Name,
                term.Origin,
                term.DocumentCount,
                term.Weight,
                counts.Document,
                counts.Context,
                counts.Passage,
                term.Weight * term.Saturation.Share(counts.Document + counts.Context, length),
                inPassage > 0 ? term.Weight * term.Saturation.Share(inPassage, passageLength) : 0));
        }

        return new HitExplanation(
            [.. PartsOf(terms, hit)],
            [.. terms.OrderByDescending(term => term.Document + term.Passage)],
            entry.Length,
            scoring.MeanLength,
            scoring.Statistics.DocumentCount);
    }

    private IEnumerable<ScorePart> PartsOf(List<TermPart> terms, RankedPassage hit)
    {
        var (document, passage) = (0.0, 0.0);
        foreach (var term in terms)
        {
            document += term.Document;
            passage += term.Passage;
        }

        yield return new ScorePart("document", document);
        var own = document;
        if (_meanings.TryGetValue((hit.Ranked.Segment, hit.Ranked.Document), out var meaning))
        {
            yield return new ScorePart("meaning", meaning);
            own += meaning;
        }

        if (!request.OnePerDocument)
        {
            yield return new ScorePart("passage", passage);
            own += passage;
            if (encoded.Of(hit.Ranked, hit.Ordinal) is > 0 and var likeness)
            {
                yield return new ScorePart("passageMeaning", likeness);
                own += likeness;
            }
        }

        if (hit.Score - own is not 0 and var rest)
        {
            yield return new ScorePart("group", rest);
        }
    }

    private static Counts Count(ReadableSegment segment, int term, SegmentDocumentEntry entry, int ordinal)
    {
        var counts = new Counts(0, 0, 0, 0);
        var postings = segment.Reader.Postings(term);
        var end = entry.FirstPassage + entry.PassageCount;
        while (postings.MoveNext() && postings.Current.Passage < end)
        {
            var (passage, count, context) = postings.Current;
            if (passage >= entry.FirstPassage)
            {
                var isHit = passage == entry.FirstPassage + ordinal;
                counts = new Counts(
                    counts.Document + count,
                    Math.Max(counts.Context, context),
                    isHit ? count : counts.Passage,
                    isHit ? context : counts.PassageContext);
            }
        }

        return counts;
    }

    private sealed record Counts(long Document, int Context, int Passage, int PassageContext);
}
