using Terroir.Retrieval;
using Terroir.Retrieval.Encoders;

namespace Terroir.Tests.Retrieval.Encoders;

/// <summary>The best hits in the order of a reranker that counts a letter.</summary>
public sealed class RerankingRetrieverTests : IAsyncLifetime
{
    private readonly OneReranker _models = new();
    private TestSite _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = new TestSite();
        await _site.CommitAsync(
        [
            .. Enumerable.Range(0, 30).Select(number => TestDocuments.Prepare(
                $"{number}",
                $"badge {string.Join(' ', Enumerable.Repeat("nuit", number % 7))} {new string('x', number)}")),
        ]);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_best_hits_are_ordered_by_the_reranker_under_the_scores_of_the_search()
    {
        var plain = await SearchAsync(new RerankingRetriever(_site.Retriever, encoders: null), count: 25);
        var ordered = await SearchAsync(new RerankingRetriever(_site.Retriever, _models), count: 25);

        Assert.Equal(plain.Select(hit => hit.Score), ordered.Select(hit => hit.Score));
        Assert.Equal(
            plain.Take(20).OrderByDescending(hit => hit.Text.Count(letter => letter is 'x')).Select(hit => hit.Text),
            ordered.Take(20).Select(hit => hit.Text),
            StringComparer.Ordinal);
        Assert.Equal(
            plain.Skip(20).Select(hit => hit.Text),
            ordered.Skip(20).Select(hit => hit.Text),
            StringComparer.Ordinal);
        Assert.All(ordered, hit => Assert.Equal(hit.Score, hit.Explanation!.Parts.Sum(part => part.Value), 12));
        Assert.All(_models.Queries, query => Assert.Equal("badge", query));
    }

    [Fact]
    public async Task Fewer_hits_are_the_first_of_more()
    {
        var retriever = new RerankingRetriever(_site.Retriever, _models);

        Assert.Equal(
            (await SearchAsync(retriever, count: 20)).Take(3).Select(hit => hit.Text),
            (await SearchAsync(retriever, count: 3)).Select(hit => hit.Text),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Equal_judgements_and_words_alone_keep_the_order_of_the_search()
    {
        var retriever = new RerankingRetriever(_site.Retriever, _models);
        var words = await SearchAsync(retriever, count: 5, meaningWeight: 0);
        Assert.Empty(_models.Queries);
        _models.Letter = '§';

        Assert.Equal(
            words.Select(hit => hit.Text),
            (await SearchAsync(retriever, count: 5)).Select(hit => hit.Text),
            StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<PassageHit>> SearchAsync(
        RerankingRetriever retriever,
        int count,
        double? meaningWeight = null)
    {
        var request = new SearchRequest
        {
            Query = "badge",
            Asker = TestSite.Everyone,
            Count = count,
            MeaningWeight = meaningWeight,
            Explains = true,
        };
        return (await retriever.SearchAsync(request, Stop)).Hits;
    }

    private sealed class OneReranker : IPassageEncoders
    {
        public List<string> Queries { get; } = [];

        public char Letter { get; set; } = 'x';

        public PassageEncoder? Current => null;

        public PassageReranker Reranker => new(new EncoderName("counter", default), Score);

        PassageReranker? IPassageEncoders.Reranker => Reranker;

        public PassageEncoder? Find(EncoderName name) => null;

        private float Score(string query, string passage)
        {
            Queries.Add(query);
            return passage.Count(letter => letter == Letter);
        }
    }
}
