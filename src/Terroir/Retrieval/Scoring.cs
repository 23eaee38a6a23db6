using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval;

/// <summary>BM25 (Robertson and Zaragoza, 2009) over what the asker may read: counts, frequencies and lengths of
/// nothing else enter a score.</summary>
/// <remarks>
/// <para>Sums are double and run over the query's terms in order, so that neither the cut into segments nor an
/// unreadable document changes a bit of them.</para>
/// <para>How frequent a term is among readable documents is known only when its blocks have been walked; what is found
/// is kept until it is scored. Where every document of a segment is selected, the segment says how many hold the term.
/// Blocks without a selected document are skipped.</para>
/// </remarks>
internal sealed class Scoring : IDisposable
{
    private readonly IReadOnlyList<ReadableSegment> _segments;
    private readonly List<WeighedTerm> _terms = [];
    private readonly Dictionary<string, int> _frequencies = new(StringComparer.Ordinal);
    private readonly double[][] _scores;
    private readonly double _length;
    private readonly TermMatches _matches = new();
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

        foreach (var word in query.GroupBy(term => term.Word, StringComparer.Ordinal))
        {
            Add([.. word], count);
        }
    }

    /// <summary>How common the terms are in what is searched.</summary>
    public TermStatistics Statistics { get; }

    /// <summary>The terms that score, in the order of the sums.</summary>
    public IReadOnlyList<WeighedTerm> Terms => _terms;

    /// <summary>The mean length of what is searched, in terms.</summary>
    public double MeanLength => _length;

    /// <summary>Takes the scores of some documents of a segment away.</summary>
    /// <param name="segment">The segment's number in the search.</param>
    /// <param name="isKept">Asked for each document with a score.</param>
    public void Keep(int segment, Func<int, bool> isKept)
    {
        var scores = _scores[segment].AsSpan(0, _segments[segment].Documents.Count);
        for (var document = 0; document < scores.Length; document++)
        {
            if (scores[document] > 0 && !isKept(document))
            {
                scores[document] = 0;
            }
        }
    }

    /// <summary>How many segments are searched.</summary>
    public int SegmentCount => _segments.Count;

    /// <summary>The scores of a segment's documents; 0 for one that the asker may not read or that holds no term.
    /// </summary>
    public Span<double> Scores(int segment) => _scores[segment].AsSpan(0, _segments[segment].Documents.Count);

    /// <summary>Finds the best score; 0 if no document has one.</summary>
    public double FindBest()
    {
        var best = 0.0;
        for (var segment = 0; segment < _segments.Count; segment++)
        {
            foreach (var score in Scores(segment))
            {
                best = Math.Max(best, score);
            }
        }

        return best;
    }

    /// <summary>Lists the documents that hold a query term: best first, equal scores by content, then by id.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<RankedDocument> Best(int count)
    {
        var least = TopScores.Of(
            [.. _segments.Select((segment, number) =>
                new ArraySegment<double>(_scores[number], 0, segment.Documents.Count))],
            count);

        // More than the count where several reach the least score: the order decides between them.
        var best = new List<RankedDocument>(count);
        for (var segment = 0; segment < _segments.Count; segment++)
        {
            var scores = _scores[segment].AsSpan(0, _segments[segment].Documents.Count);
            for (var document = 0; document < scores.Length; document++)
            {
                if (scores[document] >= least && scores[document] > 0)
                {
                    var record = _segments[segment].RecordOf(document);
                    best.Add(new RankedDocument(segment, document, scores[document], record));
                }
            }
        }

        best.Sort();
        return best.Count <= count ? best : best.GetRange(0, count);
    }

    /// <summary>Scores the passages of some documents among the others of their document.</summary>
    /// <returns>For each document the scores of its passages by ordinal; 0 for one without a query term.</returns>
    public IReadOnlyList<double[]> Passages(IReadOnlyList<RankedDocument> documents)
    {
        var scores = documents
            .Select(item => new double[_segments[item.Segment].Reader.Documents.PassageCountOf(item.Document)])
            .ToArray();
        foreach (var group in documents.Index().GroupBy(item => item.Item.Segment))
        {
            var wanted = group.OrderBy(item => item.Item.Document)
                .Select(item => (item.Item.Document, scores[item.Index]))
                .ToArray();
            foreach (var term in _terms)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                PassageScoring.Add(_segments[group.Key].Reader, term, term.Numbers[group.Key], _length, wanted);
            }
        }

        return scores;
    }

    public void Dispose()
    {
        _matches.Dispose();
        foreach (var scores in _scores)
        {
            ArrayPool<double>.Shared.Return(scores);
        }
    }

    // A document counts once for each of the word's terms that it holds: nearly none holds one of both chains.
    private void Add(QueryTerm[] word, int count)
    {
        _matches.Clear();
        var found = Array.ConvertAll(word, Find);
        var frequency = Math.Min(count, found.Sum(term => term.Frequency));
        var rarity = Math.Log(1 + ((count - frequency + 0.5) / (frequency + 0.5)));
        foreach (var (term, (numbers, ends, own)) in word.Zip(found))
        {
            _frequencies[term.Name] = own;
            if (own > 0)
            {
                var saturation = Saturation.Of(term.Name);
                var weighed = new WeighedTerm(term.Name, term.Origin, own, term.Weight * rarity, saturation, numbers);
                _terms.Add(weighed);
                Score(weighed, ends);
            }
        }
    }

    private FoundTerm Find(QueryTerm term)
    {
        var numbers = _segments.Select(segment => segment.Reader.Find(term.Name)).ToArray();
        var ends = new int[numbers.Length + 1];
        ends[0] = _matches.Count;
        var frequency = -_matches.Count;
        for (var segment = 0; segment < numbers.Length; segment++)
        {
            var selected = _segments[segment].Selected;
            var reader = _segments[segment].Reader;
            if (selected.IsAll)
            {
                frequency += reader.DocumentCount(numbers[segment]);
            }
            else
            {
                _matches.Add(reader.Blocks(numbers[segment]), selected, _cancellationToken);
            }

            ends[segment + 1] = _matches.Count;
        }

        return new FoundTerm(numbers, ends, frequency + _matches.Count);
    }

    private void Score(WeighedTerm term, int[] ends)
    {
        for (var segment = 0; segment < _segments.Count; segment++)
        {
            if (_segments[segment].Selected.IsAll)
            {
                AddAll(segment, term);
            }
            else
            {
                var range = ends[segment]..ends[segment + 1];
                AddDocuments(segment, term, _matches.Documents[range], _matches.Counts[range]);
            }
        }
    }

    private void AddAll(int segment, WeighedTerm term)
    {
        Span<int> documents = stackalloc int[SegmentFormat.BlockDocumentCount];
        Span<int> counts = stackalloc int[SegmentFormat.BlockDocumentCount];
        var blocks = _segments[segment].Reader.Blocks(term.Numbers[segment]);
        while (blocks.MoveNext())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            AddDocuments(segment, term, blocks.ReadDocuments(documents), blocks.ReadCounts(counts));
        }
    }

    private void AddDocuments(int segment, WeighedTerm term, ReadOnlySpan<int> documents, ReadOnlySpan<int> counts)
    {
        var lengths = _segments[segment].Reader.Documents.AllLengths();
        var scores = _scores[segment];
        for (var index = 0; index < documents.Length; index++)
        {
            var document = documents[index];
            var share = BinaryPrimitives.ReadInt32LittleEndian(lengths[(document * sizeof(int))..]) / _length;
            scores[document] += term.Weight * term.Saturation.Share(counts[index], share);
        }
    }

    /// <summary>Where a term stands: its number in each segment, where the matches of each begin and end, and how many
    /// selected documents hold it.</summary>
    private sealed record FoundTerm(int[] Numbers, int[] Ends, int Frequency);
}

/// <summary>A term of a query with its weight.</summary>
/// <param name="Name">The chain, a colon, the term.</param>
/// <param name="Origin">Where it is from; see <see cref="QueryTerm"/>.</param>
/// <param name="DocumentCount">How many of the searched documents hold it.</param>
/// <param name="Weight">How much a document can earn by it.</param>
/// <param name="Saturation">How its count saturates.</param>
/// <param name="Numbers">Its number in each segment; -1 where it is not.</param>
internal sealed record WeighedTerm(
    string Name,
    string Origin,
    int DocumentCount,
    double Weight,
    Saturation Saturation,
    int[] Numbers);

/// <summary>A document with its score.</summary>
/// <param name="Segment">The segment's number in the search.</param>
/// <param name="Document">The document's number in the segment.</param>
/// <param name="Score">The score; positive.</param>
/// <param name="Record">Its row. The content decides between equal scores, then the id: arrival never does.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RankedDocument(
    int Segment,
    int Document,
    double Score,
    DocumentRecord Record) : IComparable<RankedDocument>
{
    /// <summary>The document; to make it from its row takes about a microsecond.</summary>
    public DocumentId Id => Record.Id;

    /// <summary>The better one comes first.</summary>
    public int CompareTo(RankedDocument other)
    {
        var byScore = other.Score.CompareTo(Score);
        return byScore != 0 ? byScore : Record.CompareContent(other.Record);
    }

    public static bool operator <(RankedDocument left, RankedDocument right) => left.CompareTo(right) < 0;

    public static bool operator >(RankedDocument left, RankedDocument right) => left.CompareTo(right) > 0;

    public static bool operator <=(RankedDocument left, RankedDocument right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RankedDocument left, RankedDocument right) => left.CompareTo(right) >= 0;
}
