namespace Terroir.Retrieval.Evaluation;

/// <summary>Measures of one ranking against judgments, as trec_eval defines them.</summary>
public static class RankingMetrics
{
    /// <summary>Normalised discounted cumulative gain.</summary>
    /// <param name="ranking">The documents, best first.</param>
    /// <param name="grades">The judged documents with grades of at least 0.</param>
    /// <param name="depth">How many ranks count.</param>
    /// <returns>0 to 1.</returns>
    public static double Ndcg(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        var gain = Gain(ranking.Take(depth).Select(document => grades.GetValueOrDefault(document)));
        var best = Gain(grades.Values.OrderDescending().Take(depth));
        return best > 0 ? gain / best : 0;
    }

    /// <summary>The share of relevant documents that were found.</summary>
    /// <param name="ranking">The documents, best first.</param>
    /// <param name="grades">The judged documents.</param>
    /// <param name="depth">How many ranks count.</param>
    /// <returns>0 to 1.</returns>
    public static double Recall(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        var relevant = grades.Count(pair => pair.Value > 0);
        var found = ranking.Take(depth).Count(document => grades.GetValueOrDefault(document) > 0);
        return relevant > 0 ? (double)found / relevant : 0;
    }

    /// <summary>One over the rank of the first relevant document; 0 if there is none.</summary>
    /// <param name="ranking">The documents, best first.</param>
    /// <param name="grades">The judged documents.</param>
    /// <param name="depth">How many ranks count.</param>
    /// <returns>0 to 1.</returns>
    public static double ReciprocalRank(
        IReadOnlyList<string> ranking,
        IReadOnlyDictionary<string, int> grades,
        int depth)
    {
        for (var index = 0; index < Math.Min(depth, ranking.Count); index++)
        {
            if (grades.GetValueOrDefault(ranking[index]) > 0)
            {
                return 1.0 / (index + 1);
            }
        }

        return 0;
    }

    private static double Gain(IEnumerable<int> grades) =>
        grades.Select((grade, index) => grade / Math.Log2(index + 2)).Sum();
}
