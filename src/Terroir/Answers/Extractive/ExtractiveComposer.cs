using Terroir.Kinship;
using Terroir.Retrieval;
using Terroir.Retrieval.Text;
using Terroir.Storage;

namespace Terroir.Answers.Extractive;

/// <summary>Chooses the sentences, rows and lists of the passages that answer a question, or none.</summary>
/// <remarks>The thresholds were chosen on <c>questions.jsonl</c> and <c>questions-tuning.jsonl</c> of the sample.
/// </remarks>
internal static class ExtractiveComposer
{
    /// <summary>A unit that covers less of the question, with what stands around it, does not answer. From 0.55 to 0.6
    /// every question that must be refused is; with 0.5, two are answered.</summary>
    internal const double CoverageMin = 0.6;

    /// <summary>A unit must itself hold at least this share of the question's weight. With 0.3, three answers less.
    /// </summary>
    internal const double OwnCoverageMin = 0.2;

    /// <summary>An answer to one part has at most this many statements.</summary>
    internal const int StatementCountMax = 2;

    /// <summary>One statement is cited from at most this many documents.</summary>
    internal const int SameStatementMax = 3;

    /// <summary>A further statement must score at least this share of the first: it could as well be the answer.
    /// </summary>
    private const double FurtherShare = 0.93;

    /// <summary>A newer version, or one that holds, takes the place of another if it scores at least this share of it.
    /// </summary>
    private const double NewerShare = 0.7;

    /// <summary>What the place among the passages decides of a score; the rest is the unit's own.</summary>
    private const double RankShare = 0.4;

    /// <summary>What a unit scores more that names what is asked for: "le tarif est de ...".</summary>
    private const double CueBonus = 0.1;

    /// <summary>What a unit scores more that has a number of the thing to be counted: "quatre infirmiers".</summary>
    private const double CountBonus = 0.3;

    /// <summary>What is left of a score where a sum, a date or another figure is asked for and there is none.</summary>
    private const double MisfitShare = 0.6;

    /// <summary>What is left of the score of a unit that stands in many documents.</summary>
    private const double RecurringShare = 0.8;

    /// <summary>Chooses.</summary>
    /// <param name="question">The question.</param>
    /// <param name="found">The passages that the asker may read, best first.</param>
    public static Extract Choose(string question, SearchResult found)
    {
        var asked = AskedQuestion.Read(question);
        var passages = found.Hits.Select(PassageTerms.Of).ToArray();
        var lineage = new Succession(DocumentsOf(found), found.Today);
        var extract = new Extract([]);
        var missing = 0;
        foreach (var part in asked.Parts)
        {
            var ranked = IsUnknown(asked, part, found.Statistics) ? [] : Rank(asked, part, passages, found.Statistics);
            missing += ranked.Length == 0 ? 1 : 0;
            extract = ranked.Length == 0 ? extract : Add(extract, ranked, lineage);
        }

        return extract with { IsPartial = missing > 0 && missing < asked.Parts.Count };
    }

    // Also those that were found and have no hit of their own: a newer one may be among them.
    private static IEnumerable<(CollectionId, DocumentVersion)> DocumentsOf(SearchResult found) =>
        found.Hits.SelectMany(hit => hit.Duplicates.Select(kin => (kin.Collection, kin.Document))
            .Prepend((hit.Collection, hit.Document)));

    private static Extract Add(Extract extract, Support[] ranked, Succession lineage)
    {
        var current = ranked.Where(support => BetterOf(support, ranked, lineage) is null).ToArray();

        // Documents that say of each other in a ring that they replace one another.
        current = current.Length > 0 ? current : ranked;
        var statements = extract.Statements.ToList();
        foreach (var first in current.TakeWhile(support => support.Score >= FurtherShare * current[0].Score)
            .DistinctBy(KeyOf, StringComparer.Ordinal)
            .Take(StatementCountMax))
        {
            if (!statements.Exists(statement => Overlaps(statement[0], first)))
            {
                statements.Add(SayingTheSame(first, ranked));
            }
        }

        var best = current[0];
        var older = Array.Find(ranked, support => BetterOf(support, ranked, lineage) is { } newer
            && newer.Hit.Document.Id == best.Hit.Document.Id
            && lineage.IsNewer(KeyOf(best.Hit), KeyOf(support.Hit))
            && !string.Equals(KeyOf(support), KeyOf(best), StringComparison.Ordinal));
        return extract with
        {
            Statements = statements,
            OlderTitle = older?.Hit.Document.Title ?? extract.OlderTitle,
            OnlyOlderTitle = lineage.IsOld(best.Hit.Collection, best.Hit.Document.Id)
                ? best.Hit.Document.Title
                : extract.OnlyOlderTitle,
        };
    }

    // What a newer version says to the same question, or one that holds, if it says it about as well.
    private static Support? BetterOf(Support support, Support[] ranked, Succession lineage) =>
        Array.Find(ranked, other => other.Score >= NewerShare * support.Score
            && lineage.GoesBefore(KeyOf(other.Hit), KeyOf(support.Hit)));

    private static (CollectionId, DocumentId) KeyOf(PassageHit hit) => (hit.Collection, hit.Document.Id);

    private static IReadOnlyList<Support> SayingTheSame(Support first, Support[] ranked) =>
    [
        first,
        .. ranked.Where(support => support.Hit.Document.Id != first.Hit.Document.Id
                && string.Equals(KeyOf(support), KeyOf(first), StringComparison.Ordinal))
            .DistinctBy(support => support.Hit.Document.Id)
            .Take(SameStatementMax - 1),
    ];

    // The same statement, whatever its capitals and its last full stop.
    private static string KeyOf(Support support) =>
        support.Shown.TrimEnd('.', ';', ' ').ToUpperInvariant();

    private static bool Overlaps(Support one, Support other) =>
        one.Hit.Document.Id == other.Hit.Document.Id && one.Hit.Passage.Ordinal == other.Hit.Passage.Ordinal
        && one.Start < other.End && other.Start < one.End;

    // A name or a number that no readable document has: what is asked about is not there.
    internal static bool IsUnknown(AskedQuestion asked, QuestionPart part, TermStatistics statistics)
    {
        var forms = part.Words.Values.SelectMany(words => words).ToLookup(word => word.Start);
        return part.Words[asked.Chain]
            .Where(word => word.Role is WordRole.Name or WordRole.Number)
            .Any(word => forms[word.Start].All(form => form.Others.Append(form.Term)
                .All(term => statistics.Frequencies.GetValueOrDefault(term) == 0)));
    }

    private static Support[] Rank(
        AskedQuestion asked,
        QuestionPart part,
        PassageTerms[] passages,
        TermStatistics statistics)
    {
        var weights = TextAnalysis.Chains.ToDictionary(
            chain => chain,
            chain => new PartWeights(part, chain, statistics),
            StringComparer.Ordinal);
        var best = passages.Length > 0 ? passages[0].Hit.Score : 1;
        var supports = new List<Support>();
        foreach (var passage in passages)
        {
            var rank = 1 - RankShare + (RankShare * passage.Hit.Score / best);
            var ratings = passage.Units
                .Where(unit => asked.WantsList || unit.Unit.Kind != UnitKind.List)
                .Select(unit => (
                    unit.Unit,
                    Rate: weights[TextAnalysis.ChainOf(passage.Hit.Passage.Language)].Rate(passage, unit)))
                .Where(rating => rating.Rate is { Own: >= OwnCoverageMin, Whole: >= CoverageMin });
            supports.AddRange(ratings.Select(rating => new Support(
                passage.Hit,
                rating.Unit.Start,
                rating.Unit.End,
                rating.Rate!.Whole,
                rank * ScoreOf(rating.Rate) * (Recurs(passage.Hit, rating.Unit) ? RecurringShare : 1))
            {
                Shown = rating.Unit.Text,
            }));
        }

        // Equal scores are ordered by content, never by arrival.
        return
        [
            .. supports.OrderByDescending(support => support.Score)
                .ThenBy(support => support.Hit.Document.Version)
                .ThenBy(support => support.Hit.Document.Id)
                .ThenBy(support => support.Hit.Passage.Ordinal)
                .ThenBy(support => support.Start),
        ];
    }

    private static bool Recurs(PassageHit hit, Unit unit) =>
        hit.Recurring.Any(range => range.Start <= unit.Start && unit.End <= range.End);

    private static double ScoreOf(UnitRate rate) =>
        (rate.Own + rate.Whole + (rate.SaysCue ? CueBonus : 0) + (rate.Counts ? CountBonus : 0))
        * (rate.Fits ? 1 : MisfitShare);
}
