using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Retrieval;
using Terroir.Retrieval.Evaluation;
using Terroir.Server;

namespace Terroir.Cli.Evaluation;

/// <summary>Searches a site for the queries of a judged set, and grades what is found. A document is known by its path.
/// </summary>
internal sealed class JudgedSearch
{
    private readonly IRetriever _retriever;
    private readonly Dictionary<string, Dictionary<string, int>> _grades;
    private readonly (string Id, string Text)[] _queries;

    /// <summary>Reads the queries and grades.</summary>
    /// <exception cref="FormatException">A line is none, or no query has a judged document.</exception>
    public JudgedSearch(JudgedSet set, Site site)
    {
        _retriever = site.Services.GetRequiredService<IRetriever>();
        _grades = set.ReadGrades();
        _queries = [.. set.ReadQueries().Where(query => _grades.ContainsKey(query.Id))];
        if (_queries.Length == 0)
        {
            throw new FormatException($"No query of '{set.Name}' has a judged document.");
        }
    }

    /// <summary>Searches for every query.</summary>
    /// <param name="asker">Who asks.</param>
    /// <param name="collection">Where.</param>
    /// <param name="meaningWeight">What meaning counts; <see langword="null"/> for what the settings say.</param>
    /// <param name="tell">Told how many of how many are done.</param>
    /// <param name="cancellationToken">Stops between two queries.</param>
    /// <returns>The scores by query.</returns>
    public async Task<List<QueryScore>> RunAsync(
        Asker asker,
        CollectionId collection,
        double? meaningWeight,
        Action<int, int>? tell,
        CancellationToken cancellationToken)
    {
        var scores = new List<QueryScore>(_queries.Length);
        foreach (var (id, text) in _queries)
        {
            var watch = Stopwatch.StartNew();
            var result = await _retriever.SearchAsync(
                new SearchRequest
                {
                    Query = text,
                    Asker = asker,
                    Collections = [collection],
                    Count = 100,
                    OnePerDocument = true,
                    MeaningWeight = meaningWeight,
                },
                cancellationToken);
            var elapsed = watch.Elapsed.TotalMilliseconds;
            var ranking = result.Hits.Select(hit => hit.Document.Path).ToArray();
            scores.Add(new QueryScore(
                RankingMetrics.Ndcg(ranking, _grades[id], 10),
                RankingMetrics.Recall(ranking, _grades[id], 100),
                RankingMetrics.ReciprocalRank(ranking, _grades[id], 10),
                elapsed));
            tell?.Invoke(scores.Count, _queries.Length);
        }

        return scores;
    }
}

/// <summary>How well one query was answered, and in how long.</summary>
internal sealed record QueryScore(double Ndcg, double Recall, double ReciprocalRank, double Ms);
