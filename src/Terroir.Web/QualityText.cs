using System.Globalization;
using Terroir.Documents;
using Terroir.Ingestion.Quality;

namespace Terroir.Web;

/// <summary>The words for grades, axes and findings in one language; none may be left out.</summary>
public sealed record QualityText
{
    /// <summary>The words in French.</summary>
    public static QualityText French { get; } = FrenchQualityWords.All;

    /// <summary>The words in English.</summary>
    public static QualityText English { get; } = EnglishQualityWords.All;

    /// <summary>The axes, by their short name.</summary>
    public required IReadOnlyDictionary<QualityAxis, string> Axes { get; init; }

    /// <summary>The grades, in a few words.</summary>
    public required IReadOnlyDictionary<QualityGrade, string> Grades { get; init; }

    /// <summary>What was decided, in a few words.</summary>
    public required IReadOnlyDictionary<QualityVerdict, string> Verdicts { get; init; }

    /// <summary>The findings by their code.</summary>
    public required IReadOnlyDictionary<string, FindingText> Findings { get; init; }

#pragma warning disable CS1591 // Each member is the text that it holds.
    public required ConsoleText Console { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public required string SummaryHeld { get; init; }

    public required string SummaryUnread { get; init; }

    public required string SummaryUngraded { get; init; }

    public required string GradesTitle { get; init; }

    public required string Axis { get; init; }

    public required string Overall { get; init; }

    public required string None { get; init; }

    public required string CoverageTitle { get; init; }

    public required string Found { get; init; }

    public required string Ignored { get; init; }

    public required string Warned { get; init; }

    public required string Released { get; init; }

    public required string Held { get; init; }

    public required string Former { get; init; }

    public required string Unread { get; init; }

    public required string FixesTitle { get; init; }

    public required string FixesHint { get; init; }

    public required string Fix { get; init; }

    public required string Finding { get; init; }

    public required string Effect { get; init; }

    public required string WorstTitle { get; init; }

    public required string WorstEmpty { get; init; }

    public required string HeldTitle { get; init; }

    public required string HeldHint { get; init; }

    public required string HeldFormer { get; init; }

    public required string Document { get; init; }

    public required string Grade { get; init; }

    public required string FirstFix { get; init; }

    public required string TrendTitle { get; init; }

    public required string TrendHint { get; init; }

    public required string TrendEmpty { get; init; }

    public required string Day { get; init; }

    public required string Documents { get; init; }

    public required string Points { get; init; }

    public required string KeyTitle { get; init; }
#pragma warning restore CS1591

    /// <summary>Chooses the words.</summary>
    /// <param name="console">The console's words in the same language.</param>
    /// <returns>The words.</returns>
    public static QualityText For(ConsoleText console)
    {
        ArgumentNullException.ThrowIfNull(console);
        return string.Equals(console.Language, "en", StringComparison.Ordinal) ? English : French;
    }

    /// <summary>Says what a finding is, with its number.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>A few words.</returns>
    public string Describe(QualityFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Findings.TryGetValue(finding.Code, out var text)
            ? string.Format(Console.Culture, text.What, finding.Value)
            : finding.Code;
    }

    /// <summary>Says what a finding is, without a number.</summary>
    /// <param name="code">The finding's code.</param>
    /// <returns>A few words.</returns>
    public string NameOf(string code) => Findings.TryGetValue(code, out var text) ? text.Name : code;

    /// <summary>Says what to do about a finding.</summary>
    /// <param name="code">The finding's code.</param>
    /// <returns>A sentence.</returns>
    public string FixOf(string code) => Findings.TryGetValue(code, out var text) ? text.Fix : code;

    /// <summary>Writes a number as the language does.</summary>
    internal string Number(double value, string format) => value.ToString(format, Console.Culture);

    /// <summary>Writes a day so that it sorts.</summary>
    internal static string DayOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The words for a finding.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="What">The same with its number as <c>{0}</c>, if the number says something.</param>
/// <param name="Fix">What to do, as a plain sentence.</param>
public sealed record FindingText(string Name, string What, string Fix);
