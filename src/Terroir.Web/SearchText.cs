namespace Terroir.Web;

/// <summary>The words of the search page in one language; none may be left out.</summary>
public sealed record SearchText
{
    /// <summary>The words in French.</summary>
    public static SearchText French { get; } = FrenchSearchWords.All;

    /// <summary>The words in English.</summary>
    public static SearchText English { get; } = EnglishSearchWords.All;

    /// <summary>The kinds of files that can be chosen, by what <c>type:</c> calls them.</summary>
    public required IReadOnlyDictionary<string, string> Types { get; init; }

    /// <summary>Where a term of a search can be from; see <see cref="Retrieval.TermPart"/>.</summary>
    public required IReadOnlyDictionary<string, string> Origins { get; init; }

    /// <summary>What a score is the sum of; see <see cref="Retrieval.ScorePart"/>.</summary>
    public required IReadOnlyDictionary<string, string> Parts { get; init; }

#pragma warning disable CS1591 // Each member is the text that it holds.
    public required string Navigation { get; init; }

    public required string Title { get; init; }

    public required string QueryLabel { get; init; }

    public required string QueryHint { get; init; }

    public required string FiltersTitle { get; init; }

    public required string TypeLabel { get; init; }

    public required string AnyType { get; init; }

    public required string LabelLabel { get; init; }

    public required string LabelHint { get; init; }

    public required string FromLabel { get; init; }

    public required string UntilLabel { get; init; }

    public required string Button { get; init; }

    public required string ResultsTitle { get; init; }

    public required string Count { get; init; }

    public required string CountFull { get; init; }

    public required string Nothing { get; init; }

    public required string Suggestion { get; init; }

    public required string Why { get; init; }

    public required string WhyHint { get; init; }

    public required string Term { get; init; }

    public required string Origin { get; init; }

    public required string InDocuments { get; init; }

    public required string InText { get; init; }

    public required string Points { get; init; }

    public required string Score { get; init; }

    public required string TooManyWords { get; init; }

    public required string BadDay { get; init; }
#pragma warning restore CS1591

    /// <summary>Chooses the words.</summary>
    /// <param name="text">The words of the console.</param>
    /// <returns>Those in the same language.</returns>
    public static SearchText For(ConsoleText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Language is "en" ? English : French;
    }
}
