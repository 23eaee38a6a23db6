using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CsCheck;
using Terroir.Retrieval;
using Terroir.Retrieval.Meaning;

namespace Terroir.Tests.Retrieval.Meaning;

public sealed class LatentLearningTests
{
    private const int TopicCount = 30;
    private const int WordCount = 10;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // The first two words of a topic never stand in one text.
    [Fact]
    public void Words_that_stand_among_the_same_words_have_like_vectors()
    {
        var basis = LatentLearning.Learn(Texts(), Stop);

        Assert.InRange(Likeness(basis, "word0of3", "word1of3"), 0.9, 1.01);
        Assert.InRange(Likeness(basis, "word0of3", "word0of4"), -0.1, 0.1);
    }

    [Fact]
    public void A_word_of_a_single_document_is_not_learned()
    {
        var basis = LatentLearning.Learn([.. Texts(), Counts("zebra"), Counts("word0of3")], Stop);

        Assert.DoesNotContain("zebra", basis.Terms, StringComparer.Ordinal);
        Assert.Contains("word0of3", basis.Terms, StringComparer.Ordinal);
    }

    [Fact]
    public void Documents_without_a_common_word_teach_nothing()
    {
        var basis = LatentLearning.Learn([Counts("a"), Counts("b"), Counts()], Stop);

        Assert.Empty(basis.Terms);
        Assert.Null(basis.Fold([new QueryTerm("a", 1)]));
    }

    [Fact]
    public void The_order_of_the_words_in_a_document_changes_no_bit() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var shuffled = Texts().Select(text =>
                {
                    var pairs = text.ToArray();
                    random.Shuffle(pairs);
                    return (IReadOnlyDictionary<string, int>)new Dictionary<string, int>(pairs, StringComparer.Ordinal);
                });

                Assert.Equal(
                    LatentLearning.Learn(Texts(), Stop).Vectors.ToArray(),
                    LatentLearning.Learn([.. shuffled], Stop).Vectors.ToArray());
            },
            iter: 3);

    // Another processor, runtime or system that gives another digest would rank differently.
    [Fact]
    public void What_is_learned_is_the_same_on_every_machine()
    {
        var vectors = LatentLearning.Learn(Texts(), Stop).Vectors;

        Assert.StartsWith(
            "5863ce82b27d691d325e31e068f96b72",
            Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(vectors))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Learning_stops_when_it_is_cancelled() =>
        Assert.Throws<OperationCanceledException>(() =>
            LatentLearning.Learn(Texts(), new CancellationToken(canceled: true)));

    [Fact]
    public void The_vector_of_a_query_has_length_one()
    {
        var query = LatentLearning.Learn(Texts(), Stop).Fold([new QueryTerm("word5of7", 2), new QueryTerm("x", 1)])!;

        Assert.Equal(1, VectorLanes.Dot(query, query), 1e-5);
    }

    private static double Likeness(LatentBasis basis, string left, string right) =>
        VectorLanes.Dot(basis.Fold([new QueryTerm(left, 1)])!, basis.Fold([new QueryTerm(right, 1)])!);

    // Four texts for each topic, as many as a direction takes; each lacks another word.
    private static IReadOnlyDictionary<string, int>[] Texts() =>
    [
        .. Enumerable.Range(0, TopicCount * LatentLearning.DocumentsPerDimension).Select(number => Counts(
        [
            .. Enumerable.Range(0, WordCount)
                .Where(word => word != (number + 1) % 2 && word != 2 + (number / TopicCount * 2))
                .Select(word => $"word{word}of{number / 2 % TopicCount}"),
        ])),
    ];

    private static Dictionary<string, int> Counts(params string[] words) =>
        words.CountBy(word => word).ToDictionary(StringComparer.Ordinal);
}
