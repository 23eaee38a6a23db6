using System.Diagnostics;
using System.Globalization;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Fr;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Terroir.Bench.Searching;

/// <summary>The peer: Lucene.Net as its documentation shows it, with its analyzer for the language, BM25 with k1 0.9
/// and b 0.4, and a cached filter for each group.</summary>
internal sealed class LuceneIndex : ISearchIndex, IDisposable
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;

    /// <summary>The settings of BM25 that are common: k1 and b.</summary>
    public static readonly (float K1, float B)[] Settings = [(0.9f, 0.4f), (1.2f, 0.75f)];

    private readonly Analyzer _analyzer;
    private readonly FSDirectory _directory;
    private readonly DirectoryReader _reader;
    private readonly IndexSearcher _searcher;
    private readonly Dictionary<string, Filter> _filters = new(StringComparer.Ordinal);

    /// <summary>Writes a collection into a new index, commits it and opens it.</summary>
    public LuceneIndex(JudgedSet set, string folder)
    {
        _analyzer = set.IsEnglish ? new EnglishAnalyzer(Version) : new FrenchAnalyzer(Version);
        _directory = FSDirectory.Open(folder);
        var started = Stopwatch.GetTimestamp();
        var similarity = new BM25Similarity(Settings[0].K1, Settings[0].B);
        using (var writer = new IndexWriter(
            _directory,
            new IndexWriterConfig(Version, _analyzer) { Similarity = similarity }))
        {
            foreach (var document in set.Documents)
            {
                writer.AddDocument(Convert(document));
            }

            writer.ForceMerge(1);
            writer.Commit();
        }

        BuildTime = Stopwatch.GetElapsedTime(started);
        _reader = DirectoryReader.Open(_directory);
        _searcher = new IndexSearcher(_reader) { Similarity = similarity };
    }

    /// <summary>The same index with other settings: its files do not depend on them.</summary>
    public LuceneIndex(LuceneIndex index, (float K1, float B) setting)
    {
        (_analyzer, _directory, _reader) = (index._analyzer, index._directory, index._reader);
        _searcher = new IndexSearcher(_reader) { Similarity = new BM25Similarity(setting.K1, setting.B) };
    }

    public TimeSpan BuildTime { get; }

    public ValueTask<IReadOnlyList<string>> SearchAsync(
        string query,
        string group,
        int count,
        CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(
            [
                .. Rank(query, group, count)
                    .Select(hit => _searcher.Doc(hit.Doc).Get("id", CultureInfo.InvariantCulture)),
            ]);

    /// <summary>Finds the best documents and reads nothing of them.</summary>
    public ScoreDoc[] Rank(string query, string group, int count)
    {
        var words = new BooleanQuery();
        using (var stream = _analyzer.GetTokenStream("text", query))
        {
            var term = stream.GetAttribute<ICharTermAttribute>();
            stream.Reset();
            while (stream.IncrementToken())
            {
                words.Add(new TermQuery(new Term("text", term.ToString())), Occur.SHOULD);
            }

            stream.End();
        }

        var filter = ReaderGroups.IsUnfiltered(group) ? null : FilterOf(group);
        return _searcher.Search(words, filter, count).ScoreDocs;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
        _analyzer.Dispose();
    }

    private static Document Convert(JudgedDocument document)
    {
        var converted = new Document
        {
            new StringField("id", document.Id, Field.Store.YES),
            new TextField("text", $"{document.Title}\n{document.Text}", Field.Store.YES),
        };
        foreach (var group in ReaderGroups.Of(document.Id))
        {
            converted.Add(new StringField("group", group, Field.Store.NO));
        }

        return converted;
    }

    private Filter FilterOf(string group)
    {
        if (!_filters.TryGetValue(group, out var filter))
        {
            filter = new CachingWrapperFilter(new QueryWrapperFilter(new TermQuery(new Term("group", group))));
            _filters[group] = filter;
        }

        return filter;
    }
}
