using System.Globalization;
using System.Text;
using Terroir.Bench.Chunking;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Retrieval;
using Terroir.Tests.Retrieval;

namespace Terroir.Tests.Ingestion;

/// <summary>Passages show more of what answers than chunks of a recursive splitter of 200 tokens, and less beside it:
/// all 319 questions of chunking-evaluation, five passages each, by the measure of <c>bench -- chunking</c>.</summary>
public sealed class PassageFloorTests
{
    /// <summary>What the splitter reaches, as <c>docs/benchmarks.md</c> has it.</summary>
    private const double SplitterRecall = 0.862;

    private const double SplitterOverlap = 0.0640;

    private const int ChunkCount = 5;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passages_cover_answers_better_than_a_recursive_splitter()
    {
        // Skips where the set is absent.
        TestFolder.Data("docs");
        var set = JudgedSpans.Read();
        var chunks = await Chunk.PassagesAsync(set, Stop);
        await using var site = new TestSite();
        await site.Catalog.CreateCollectionAsync(TestSite.Collection, Stop);
        await using (var writer = await site.Catalog.OpenWriterAsync(TestSite.Collection, Stop))
        {
            var added = chunks.Select((chunk, number) => Prepare(set, chunk, number)).ToArray();
            await writer.CommitAsync(new CatalogChange { Added = added }, Stop);
        }

        var scores = new List<SpanScore>();
        foreach (var question in set.Questions)
        {
            var found = await site.Retriever.SearchAsync(
                new SearchRequest
                {
                    Query = question.Text,
                    Asker = TestSite.Everyone,
                    Count = ChunkCount,
                    OnePerDocument = true,
                },
                Stop);
            var shown = found.Hits
                .Select(hit => chunks[int.Parse(hit.Document.Path, CultureInfo.InvariantCulture)])
                .Select(chunk => (chunk.Corpus, chunk.Range));
            scores.Add(SpanScore.Of(question, [.. shown]));
        }

        var mean = SpanScore.Mean(scores);
        Assert.InRange(mean.Recall, SplitterRecall, 1);
        Assert.InRange(mean.Overlap, SplitterOverlap, 1);
    }

    // One document for each, without a title, found by its text and the headings above it.
    private static PreparedDocument Prepare(JudgedSpans set, Chunk chunk, int number)
    {
        var text = NormalForm.Of(set.Texts[chunk.Corpus][chunk.Range.Start..chunk.Range.End]);
        var name = number.ToString(CultureInfo.InvariantCulture);
        return TestDocuments.Prepare(name, text, title: "-", language: "en") with
        {
            Passages =
            [
                new Passage
                {
                    Ordinal = 0,
                    Start = 0,
                    End = Encoding.UTF8.GetByteCount(text),
                    Headings = chunk.Headings,
                    Language = "en",
                    Places = [new PlacedSpan(0, Encoding.UTF8.GetByteCount(text), SourcePlace.Whole)],
                },
            ],
            Fingerprint = null,
        };
    }
}
