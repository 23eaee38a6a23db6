using Terroir.Retrieval.Evaluation;

namespace Terroir.Tests.Retrieval;

public sealed class RankingMetricsTests
{
    private static readonly Dictionary<string, int> Grades = new(StringComparer.Ordinal) { ["a"] = 1, ["b"] = 1 };

    [Fact]
    public void A_perfect_ranking_has_gain_one() => Assert.Equal(1, RankingMetrics.Ndcg(["a", "b"], Grades, 10), 12);

    [Fact]
    public void A_relevant_document_at_rank_two_counts_less() =>
        Assert.Equal(
            (1 / Math.Log2(3)) / (1 + (1 / Math.Log2(3))),
            RankingMetrics.Ndcg(["x", "a"], Grades, 10),
            12);

    [Fact]
    public void Recall_is_the_share_that_was_found() =>
        Assert.Equal(0.5, RankingMetrics.Recall(["x", "a"], Grades, 10));

    [Fact]
    public void The_first_relevant_rank_decides_the_reciprocal_rank() =>
        Assert.Equal(0.5, RankingMetrics.ReciprocalRank(["x", "a", "b"], Grades, 10));
}
