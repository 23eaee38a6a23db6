using System.Text.RegularExpressions;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>Decides whether a sentence of a model is supported by the passages that it cites, and by which of their
/// sentences. Words are compared, not meanings: <c>docs/features/answers.md</c> says what that leaves open.</summary>
internal static partial class SupportRule
{
    /// <summary>More than this share of a sentence's words must be in its quotes, their titles and headings.</summary>
    internal const double CoverageMin = 0.75;

    /// <summary>At least this share must be in the quotes themselves.</summary>
    internal const double OwnCoverageMin = 0.5;

    /// <summary>At most this many sentences are quoted for one sentence.</summary>
    internal const int QuoteCountMax = 4;

    /// <summary>Finds what supports a sentence.</summary>
    /// <param name="sentence">The sentence, without markers.</param>
    /// <param name="cited">The passages that it cites.</param>
    /// <returns>The sentences of the passages that support it, the best first; empty if it is not supported.</returns>
    public static IReadOnlyList<Support> Find(string sentence, IReadOnlyList<PassageHit> cited)
    {
        if (Markup().IsMatch(sentence))
        {
            return [];
        }

        // Words of two languages cannot be compared, so the passages of one must do.
        foreach (var passages in cited.GroupBy(hit => hit.Passage.Language, StringComparer.Ordinal))
        {
            var claim = Claim.Of(sentence, passages.Key);
            var quotes = Choose(claim, [.. passages.SelectMany(QuotedSpan.Of)]);
            if (Holds(claim, quotes))
            {
                return [.. quotes.Select(quote => quote.ToSupport(claim))];
            }
        }

        return [];
    }

    private static List<QuotedSpan> Choose(Claim claim, List<QuotedSpan> spans)
    {
        var chosen = new List<QuotedSpan>();
        while (chosen.Count < QuoteCountMax && spans.MaxBy(span => claim.Gain(span, chosen)) is { } best)
        {
            var isMissed = IsCovered(claim, chosen) ? claim.FindsFigure(best, chosen) : claim.Gain(best, chosen) > 0;
            if (!isMissed)
            {
                break;
            }

            chosen.Add(best);
        }

        return chosen;
    }

    private static bool Holds(Claim claim, List<QuotedSpan> quotes) =>
        IsCovered(claim, quotes)
        && claim.Names.All(name => quotes.Exists(quote => quote.Around.Contains(name)))
        && Figures.Agree(claim.Figures, [.. quotes.Select(quote => quote.Figures)])
        && claim.Links.All(link => quotes.Exists(quote => quote.Text.Contains(link, StringComparison.Ordinal)))
        && claim.IsNegated == quotes.Exists(quote => quote.IsNegated);

    private static bool IsCovered(Claim claim, List<QuotedSpan> quotes)
    {
        if (claim.Words.Count == 0)
        {
            // A bare figure, such as "30 jours": one quote must have all of it.
            return claim.Figures.Numbers.Count > 0
                && quotes.Exists(quote => Figures.Agree(claim.Figures, [quote.Figures]));
        }

        double own = claim.Words.Count(word => quotes.Exists(quote => quote.Words.Contains(word)));
        double all = claim.Words.Count(word => quotes.Exists(quote => quote.Around.Contains(word)));
        return own / claim.Words.Count >= OwnCoverageMin && all / claim.Words.Count > CoverageMin;
    }

    // A text that is shown as Markdown or HTML could call home by an image, or hide where a link leads.
    [GeneratedRegex(@"\]\(|!\[|<[a-z/!]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Markup();
}
