using System.Diagnostics;
using Terroir.Retrieval.Evaluation;

namespace Terroir.Bench.Searching;

/// <summary>Asks two indexes the same questions in turns, so that whatever else the machine does meets both.</summary>
internal sealed class SearchComparison(JudgedSet set, int parts)
{
    private const int HitCount = 10;
    private const int RoundCount = 5;

    // Each question is asked by a member of a group that may read the first document that answers it.
    private readonly JudgedQuestion[] _questions =
    [
        .. set.Queries.Where(query => query.Grades.Values.Any(grade => grade > 0)).Select(query =>
        {
            var group = ReaderGroups.Of(query.Grades.First(pair => pair.Value > 0).Key, parts);
            return new JudgedQuestion(query, group, query.Grades
                .Where(pair => string.Equals(ReaderGroups.Of(pair.Key, parts), group, StringComparison.Ordinal))
                .ToDictionary(StringComparer.Ordinal));
        }),
    ];

    /// <summary>The questions, each with who asks and what they may find.</summary>
    public IReadOnlyList<JudgedQuestion> Questions => _questions;

    /// <summary>How well an index ranks.</summary>
    /// <returns>The mean nDCG@10 over what each asker may read.</returns>
    public async Task<double> MeasureQualityAsync(ISearchIndex index, CancellationToken cancellationToken)
    {
        double sum = 0;
        foreach (var (query, group, grades) in _questions)
        {
            var ranking = await index.SearchAsync(query.Text, group, HitCount, cancellationToken);
            sum += RankingMetrics.Ndcg(ranking, grades, HitCount);
        }

        return sum / _questions.Length;
    }

    /// <summary>How long single searches take.</summary>
    /// <returns>Milliseconds of every search, for each index.</returns>
    public async Task<IReadOnlyList<List<double>>> MeasureTimesAsync(
        IReadOnlyList<ISearchIndex> indexes,
        CancellationToken cancellationToken)
    {
        var times = indexes.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < RoundCount; round++)
        {
            foreach (var (query, group, _) in _questions)
            {
                for (var turn = 0; turn < indexes.Count; turn++)
                {
                    var started = Stopwatch.GetTimestamp();
                    _ = await indexes[turn].SearchAsync(query.Text, group, HitCount, cancellationToken);
                    times[turn].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        }

        return times;
    }
}

/// <summary>A question, who asks it, and the judged documents that they may read.</summary>
internal sealed record JudgedQuestion(JudgedQuery Query, string Group, IReadOnlyDictionary<string, int> Grades);
