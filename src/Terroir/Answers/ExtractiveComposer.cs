using System.Text.RegularExpressions;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>Chooses the sentences of the passages that answer a question, or none.</summary>
/// <remarks>Weights come from the passages that the asker may read and from nothing else.</remarks>
internal static partial class ExtractiveComposer
{
    /// <summary>A sentence whose coverage is less does not answer.</summary>
    internal const double CoverageMin = 0.6;

    /// <summary>A sentence must itself hold at least this share of the question's weight.</summary>
    internal const double OwnCoverageMin = 0.2;

    /// <summary>An answer has at most this many sentences.</summary>
    internal const int SentenceCountMax = 2;

    /// <summary>A further sentence must score at least this share of the first.</summary>
    private const double FurtherShare = 0.93;

    public static IReadOnlyList<Support> Choose(string question, IReadOnlyList<PassageHit> hits)
    {
        var supports = new List<Support>();
        var weights = hits.Select(hit => hit.Passage.Language).Distinct(StringComparer.Ordinal)
            .ToDictionary(language => language, language => Weigh(question, language, hits), StringComparer.Ordinal);
        var best = hits.Count > 0 ? hits[0].Score : 1;
        foreach (var hit in hits)
        {
            supports.AddRange(Rate(question, hit, weights[hit.Passage.Language], hit.Score / best));
        }

        var ranked = supports
            .Where(support => support.Coverage >= CoverageMin)
            .OrderByDescending(support => support.Score)
            .ThenBy(support => support.Hit.Document.Id)
            .ThenBy(support => support.Start)
            .ToArray();
        return
        [
            .. ranked.Where(support => support.Score >= FurtherShare * ranked[0].Score)
                .DistinctBy(support => support.Text, StringComparer.Ordinal)
                .Take(SentenceCountMax),
        ];
    }

    // Rare words of the question tell more. A word that no passage has weighs as much as the rarest one: it is what
    // the documents do not speak of.
    private static Dictionary<string, double> Weigh(string question, string language, IReadOnlyList<PassageHit> hits)
    {
        var texts = hits
            .Select(hit => QueryTerms.Of(Context(hit) + "\n" + hit.Text, hit.Passage.Language))
            .ToArray();
        return QueryTerms.Of(QuestionWords().Replace(question, " "), language)
            .ToDictionary(
                term => term,
                term => Math.Log(1 + ((texts.Length + 1.0) / (texts.Count(text => text.Contains(term)) + 0.5))),
                StringComparer.Ordinal);
    }

    private static IEnumerable<Support> Rate(
        string question,
        PassageHit hit,
        Dictionary<string, double> weights,
        double rank)
    {
        var total = weights.Values.Sum();
        if (total <= 0)
        {
            yield break;
        }

        var context = QueryTerms.Of(Context(hit), hit.Passage.Language);
        var header = HeaderOf(hit.Text);
        var wantsNumber = Quantity().IsMatch(question);
        foreach (var (start, end) in SentenceSplitter.Split(hit.Text))
        {
            var text = hit.Text[start..end];
            var isRow = text.StartsWith('|');
            var words = QueryTerms.Of(text, hit.Passage.Language);
            var around = isRow && header is not null ? QueryTerms.Of(header, hit.Passage.Language) : words;
            var own = weights.Where(pair => words.Contains(pair.Key)).Sum(pair => pair.Value) / total;
            var whole = weights
                .Where(pair => words.Contains(pair.Key) || around.Contains(pair.Key) || context.Contains(pair.Key))
                .Sum(pair => pair.Value) / total;
            var isHeader = isRow && string.Equals(text, header, StringComparison.Ordinal);
            if (own >= OwnCoverageMin && !isHeader)
            {
                var bonus = wantsNumber && Number().IsMatch(text) ? 0.15 : 0;
                yield return new Support(hit, start, end, whole, (own + (0.5 * whole) + bonus) * (0.6 + (0.4 * rank)));
            }
        }
    }

    private static string Context(PassageHit hit) => $"{hit.Document.Title}\n{string.Join('\n', hit.Passage.Headings)}";

    private static string? HeaderOf(string text)
    {
        var rule = text.IndexOf("\n|---", StringComparison.Ordinal);
        return rule < 0 ? null : text[(text.LastIndexOf('\n', Math.Max(0, rule - 1)) + 1)..rule];
    }

    [GeneratedRegex(
        @"\b(?:combien de temps|tous les combien|combien|dans quel délai|à quelle fréquence|de quelle heure|"
        + @"quel(?:le)?s?|comment|quand|o[ùu]|qui|que|quoi|pourquoi|est-ce|faut-il|t-on|t-il|t-elle|how|"
        + @"many|much|long|far|fast|what|when|where|which|who|why|does|do|did|should|is|are)\b",
        RegexOptions.IgnoreCase,
        1_000)]
    private static partial Regex QuestionWords();

    [GeneratedRegex(
        @"\b(?:combien|quand|d[ée]lai|dur[ée]e|montant|tarif|prix|co[ûu]t\w*|heure|num[ée]ro|poste|"
        + @"how (?:many|much|long|fast)|"
        + @"when|price|cost)\b",
        RegexOptions.IgnoreCase,
        1_000)]
    private static partial Regex Quantity();

    [GeneratedRegex(
        @"\d|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|vingt|trente|"
        + @"two|three|four|five|six|seven|eight|ten)\b",
        RegexOptions.IgnoreCase,
        1_000)]
    private static partial Regex Number();
}
