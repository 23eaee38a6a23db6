using System.Buffers;
using System.Runtime.InteropServices;
using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval;

/// <summary>BM25 (Robertson and Zaragoza, 2009) over what the asker may read: counts, frequencies and lengths of
/// nothing else enter a score.</summary>
/// <remarks>
/// <para>Sums are double and run over the query's terms in order, so that neither the cut into segments nor an
/// unreadable document changes a bit of them.</para>
/// <para>How frequent a term is among readable documents is known only when its postings have been walked, so every
/// posting is walked once to count and once to score. Stopping early would need frequencies of all documents.</para>
/// </remarks>
internal sealed class Scoring : IDisposable
{
    /// <summary>How many postings are walked between two looks at the cancellation token.</summary>
    private const int CancellationPostings = 4_096;

    /// <summary>What a word of the title or the headings counts in a passage's own score.</summary>
    private const double ContextWeight = 0.5;

    private readonly IReadOnlyList<ReadableSegment> _segments;
    private readonly List<WeighedTerm> _terms = [];
    private readonly Dictionary<string, int> _frequencies = new(StringComparer.Ordinal);
    private readonly double[][] _scores;
    private readonly double _length;
    private readonly CancellationToken _cancellationToken;

    public Scoring(
        IReadOnlyList<ReadableSegment> segments,
        IReadOnlyList<QueryTerm> query,
        CancellationToken cancellationToken)
    {
        _segments = segments;
        _cancellationToken = cancellationToken;
        _scores = [.. segments.Select(segment => ArrayPool<double>.Shared.Rent(segment.Documents.Count))];
        var count = segments.Sum(segment => segment.Selected.Count);
        Statistics = new TermStatistics(count, _frequencies);
        _length = (double)segments.Sum(segment => segment.Selected.Length) / Math.Max(1, count);
        for (var segment = 0; segment < segments.Count; segment++)
        {
            _scores[segment].AsSpan(0, segments[segment].Documents.Count).Clear();
        }

        foreach (var term in query)
        {
            Add(term, count);
        }
    }

    /// <summary>How common the terms are in what is searched.</summary>
    public TermStatistics Statistics { get; }

    /// <summary>Lists the documents that hold a query term: best first, equal scores by content, then by id.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<RankedDocument> Best(int count)
    {
        var best = new PriorityQueue<RankedDocument, RankedDocument>(count + 1, WorstFirst.Instance);
        for (var segment = 0; segment < _segments.Count; segment++)
        {
            var documents = _segments[segment].Documents;
            var scores = _scores[segment].AsSpan(0, documents.Count);
            for (var document = 0; document < scores.Length; document++)
            {
                var score = scores[document];
                if (score <= 0 || (best.Count == count && score < best.Peek().Score))
                {
                    continue;
                }

                var version = documents[document]!;
                var ranked = new RankedDocument(segment, document, score, version.Version, version.Id);
                best.Enqueue(ranked, ranked);
                if (best.Count > count)
                {
                    best.Dequeue();
                }
            }
        }

        var result = new RankedDocument[best.Count];
        for (var rank = result.Length - 1; rank >= 0; rank--)
        {
            result[rank] = best.Dequeue();
        }

        return result;
    }

    /// <summary>Scores the passages of some documents among the others of their document.</summary>
    /// <returns>For each document the scores of its passages by ordinal; 0 for one without a query term.</returns>
    public IReadOnlyList<double[]> Passages(IReadOnlyList<RankedDocument> documents)
    {
        var scores = documents
            .Select(item => new double[_segments[item.Segment].Reader.Documents[item.Document].PassageCount])
            .ToArray();
        foreach (var group in documents.Index().GroupBy(item => item.Item.Segment))
        {
            var wanted = group.ToDictionary(item => item.Item.Document, item => scores[item.Index]);
            var segment = _segments[group.Key];
            var chosen = new bool[segment.Documents.Count];
            foreach (var document in wanted.Keys)
            {
                chosen[document] = true;
            }

            foreach (var term in _terms)
            {
                AddPassages(segment.Reader, term, term.Numbers[group.Key], chosen, wanted);
            }
        }

        return scores;
    }

    public void Dispose()
    {
        foreach (var scores in _scores)
        {
            ArrayPool<double>.Shared.Return(scores);
        }
    }

    private void Add(QueryTerm term, int count)
    {
        var numbers = _segments.Select(segment => segment.Reader.Find(term.Name)).ToArray();
        var frequency = 0;
        for (var segment = 0; segment < numbers.Length; segment++)
        {
            frequency += CountDocuments(_segments[segment], numbers[segment]);
        }

        _frequencies[term.Name] = frequency;
        if (frequency == 0)
        {
            return;
        }

        var weight = term.Count * Math.Log(1 + ((count - frequency + 0.5) / (frequency + 0.5)));
        var weighed = new WeighedTerm(weight, Saturation.Of(term.Name), numbers);
        _terms.Add(weighed);
        for (var segment = 0; segment < numbers.Length; segment++)
        {
            AddDocuments(segment, weighed);
        }
    }

    private int CountDocuments(ReadableSegment segment, int term)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var documents = segment.Reader.DocumentOfPassage;
        var selected = segment.Selected;
        var (count, last) = (0, -1);
        var postings = segment.Reader.Postings(term);
        for (var walked = 1; postings.MoveNext(); walked++)
        {
            ThrowIfCancelled(walked);
            var document = documents[postings.Current.Passage];
            if (document != last && selected.Contains(document))
            {
                count++;
            }

            last = document;
        }

        return count;
    }

    private void AddDocuments(int number, WeighedTerm term)
    {
        var segment = _segments[number];
        var selected = segment.Selected;
        var documents = segment.Reader.DocumentOfPassage;
        var postings = segment.Reader.Postings(term.Numbers[number]);
        var (current, count, context) = (-1, 0L, 0);
        for (var walked = 1; postings.MoveNext(); walked++)
        {
            ThrowIfCancelled(walked);
            var posting = postings.Current;
            var document = documents[posting.Passage];
            if (document != current)
            {
                AddDocument(number, current, count + context, term);
                (current, count, context) = (selected.Contains(document) ? document : -1, 0, 0);
            }

            // The title stands with every passage; it counts once for the document.
            count += posting.Count;
            context = Math.Max(context, posting.ContextCount);
        }

        AddDocument(number, current, count + context, term);
    }

    private void AddDocument(int segment, int document, long count, WeighedTerm term)
    {
        if (document >= 0)
        {
            var share = _segments[segment].Reader.Documents[document].Length / _length;
            _scores[segment][document] += term.Weight * term.Saturation.Share(count, share);
        }
    }

    private void AddPassages(
        SegmentReader reader,
        WeighedTerm term,
        int number,
        bool[] chosen,
        Dictionary<int, double[]> wanted)
    {
        var postings = reader.Postings(number);
        for (var walked = 1; postings.MoveNext(); walked++)
        {
            ThrowIfCancelled(walked);
            var posting = postings.Current;
            var document = reader.DocumentOfPassage[posting.Passage];
            if (chosen[document])
            {
                var count = posting.Count + (ContextWeight * posting.ContextCount);
                wanted[document][posting.Passage - reader.Documents[document].FirstPassage] +=
                    term.Weight * term.Saturation.Share(count, reader.PassageLengths[posting.Passage] / _length);
            }
        }
    }

    private void ThrowIfCancelled(int walked)
    {
        if (walked % CancellationPostings == 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private sealed record WeighedTerm(double Weight, Saturation Saturation, int[] Numbers);

    private sealed class WorstFirst : IComparer<RankedDocument>
    {
        public static WorstFirst Instance { get; } = new();

        public int Compare(RankedDocument x, RankedDocument y) => -x.CompareTo(y);
    }
}

/// <summary>A document with its score.</summary>
/// <param name="Segment">The segment's number in the search.</param>
/// <param name="Document">The document's number in the segment.</param>
/// <param name="Score">The score; positive.</param>
/// <param name="Version">The hash of the content, which decides between equal scores: arrival never does.</param>
/// <param name="Id">Decides between equal contents.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RankedDocument(
    int Segment,
    int Document,
    double Score,
    ContentHash Version,
    DocumentId Id) : IComparable<RankedDocument>
{
    /// <summary>The better one comes first.</summary>
    public int CompareTo(RankedDocument other)
    {
        var byScore = other.Score.CompareTo(Score);
        var byVersion = byScore != 0 ? byScore : Version.CompareTo(other.Version);
        return byVersion != 0 ? byVersion : Id.CompareTo(other.Id);
    }

    public static bool operator <(RankedDocument left, RankedDocument right) => left.CompareTo(right) < 0;

    public static bool operator >(RankedDocument left, RankedDocument right) => left.CompareTo(right) > 0;

    public static bool operator <=(RankedDocument left, RankedDocument right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RankedDocument left, RankedDocument right) => left.CompareTo(right) >= 0;
}
