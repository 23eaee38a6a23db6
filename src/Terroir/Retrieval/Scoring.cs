using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval;

/// <summary>BM25 (Robertson and Zaragoza, 2009) over what the asker may read: counts, frequencies and lengths of
/// nothing else enter a score.</summary>
/// <remarks>Sums are double and run over the query's terms in order, so that neither the cut into segments nor an
/// unreadable document changes a bit of them.</remarks>
internal sealed class Scoring
{
    private const double K1 = 0.9;
    private const double B = 0.4;

    private readonly IReadOnlyList<ReadableSegment> _segments;
    private readonly IReadOnlyList<(string Term, int Count)> _query;
    private readonly double[][] _documents;
    private readonly double[][] _passages;

    public Scoring(
        IReadOnlyList<ReadableSegment> segments,
        IReadOnlyList<(string Term, int Count)> query,
        CancellationToken cancellationToken)
    {
        _segments = segments;
        _query = query;
        _documents = [.. segments.Select(segment => new double[segment.Documents.Count])];
        _passages = [.. segments.Select(segment => new double[segment.Reader.PassageLengths.Count])];
        Run(cancellationToken);
    }

    /// <summary>Lists the documents that hold a query term: best first, equal scores by id.</summary>
    public IEnumerable<(int Segment, int Document, double Score)> Documents() =>
        _documents
            .SelectMany((scores, segment) => scores
                .Select((score, document) => (Segment: segment, Document: document, Score: score)))
            .Where(item => item.Score > 0)
            .OrderByDescending(item => item.Score)
            .ThenBy(item => _segments[item.Segment].Reader.Documents[item.Document].Id);

    /// <summary>The score of a passage among the others of its document.</summary>
    public double PassageScore(int segment, int passage) => _passages[segment][passage];

    private void Run(CancellationToken cancellationToken)
    {
        var count = _segments.Sum(segment => segment.Count);
        var length = (double)_segments.Sum(segment => segment.Length) / Math.Max(1, count);
        foreach (var (term, weight) in _query)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var matches = _segments.Select(segment => Match(segment, term)).ToArray();
            var frequency = matches.Sum(match => match.Count);
            if (frequency == 0)
            {
                continue;
            }

            var idf = weight * Math.Log(1 + ((count - frequency + 0.5) / (frequency + 0.5)));
            for (var segment = 0; segment < matches.Length; segment++)
            {
                Add(segment, matches[segment], idf, length);
            }
        }
    }

    private void Add(int segment, List<(int Document, List<Posting> Postings)> matches, double idf, double length)
    {
        var reader = _segments[segment].Reader;
        foreach (var (document, postings) in matches)
        {
            // The title stands with every passage; it counts once for the document.
            var count = postings.Sum(posting => posting.Count) + postings.Max(posting => posting.ContextCount);
            _documents[segment][document] += idf * Saturate(count, reader.Documents[document].Length / length);
            foreach (var posting in postings)
            {
                var share = reader.PassageLengths[posting.Passage] / length;
                _passages[segment][posting.Passage] += idf
                    * Saturate(posting.Count + (0.5 * posting.ContextCount), share);
            }
        }
    }

    private static double Saturate(double count, double share) => count / (count + (K1 * (1 - B + (B * share))));

    private static List<(int Document, List<Posting> Postings)> Match(ReadableSegment segment, string term)
    {
        var matches = new List<(int Document, List<Posting> Postings)>();
        foreach (var posting in segment.Reader.Postings(term))
        {
            var document = segment.Reader.DocumentOfPassage[posting.Passage];
            if (!segment.IsReadable(document))
            {
                continue;
            }

            if (matches.Count > 0 && matches[^1].Document == document)
            {
                matches[^1].Postings.Add(posting);
            }
            else
            {
                matches.Add((document, [posting]));
            }
        }

        return matches;
    }
}
