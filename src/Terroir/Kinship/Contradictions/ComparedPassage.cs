using System.Text.RegularExpressions;

namespace Terroir.Kinship.Contradictions;

/// <summary>A passage as it is compared with passages of other documents.</summary>
/// <remarks>
/// <para>Two passages are about the same when nearly all runs of three words of the shorter are in the other, when the
/// identifiers and the names of one are all in the other, and when their titles or headings share a word. Forms on two
/// people, two invoices, or the minutes of two years are not.</para>
/// <para>They contradict each other where a sentence or a row has the same words and identifiers in both, and figures
/// of the same kinds of which one differs, or is denied in one; and where neither passage says both.</para>
/// </remarks>
internal sealed partial class ComparedPassage
{
    /// <summary>The share of the shorter passage's runs of words that must be in the other.</summary>
    internal const double ContainedMin = 0.7;

    private const int RunLength = 3;

    private readonly ILookup<string, Assertion> _byWords;
    private readonly HashSet<ulong> _runs;
    private readonly HashSet<string> _identifiers;
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _subject;
    private readonly string _titleDigits;
    private readonly string _titleWords;

    /// <summary>Reads a passage.</summary>
    /// <param name="title">The title of its document.</param>
    /// <param name="headings">The headings above it.</param>
    /// <param name="text">Its text.</param>
    public ComparedPassage(string title, IReadOnlyList<string> headings, string text)
    {
        Assertions = AssertionReader.Read(text);
        _byWords = Assertions.ToLookup(KeyOf, StringComparer.Ordinal);
        _runs = TextSketch.Runs(string.Join(' ', Assertions.SelectMany(assertion => assertion.Words)), RunLength);
        _identifiers = Assertions.SelectMany(assertion => assertion.Identifiers).ToHashSet(StringComparer.Ordinal);
        _names = Name().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        _subject = WordsOf($"{title}\n{string.Join('\n', headings)}");
        var marks = VersionName.WithoutMarks(title);
        _titleDigits = string.Concat(marks.Where(char.IsDigit));
        _titleWords = string.Join(' ', WordsOf(marks).Order(StringComparer.Ordinal));
    }

    /// <summary>Its sentences and rows.</summary>
    public IReadOnlyList<Assertion> Assertions { get; }

    /// <summary>Lists what another passage says otherwise.</summary>
    public IReadOnlyList<Contradiction> FindIn(ComparedPassage other) => IsAboutTheSame(other)
        ? [.. Assertions.Select(assertion => Find(assertion, other)).OfType<Contradiction>()]
        : [];

    private Contradiction? Find(Assertion assertion, ComparedPassage other)
    {
        var theirs = other._byWords[KeyOf(assertion)].ToArray();
        return theirs.Length == 1 && _byWords[KeyOf(assertion)].Count() == 1
            && assertion.DifferFrom(theirs[0]) is { } figures
            ? new Contradiction(assertion, theirs[0], figures)
            : null;
    }

    private bool IsAboutTheSame(ComparedPassage other)
    {
        var (shorter, longer) = _runs.Count <= other._runs.Count ? (this, other) : (other, this);
        var isSeries = string.Equals(_titleWords, other._titleWords, StringComparison.Ordinal)
            && !string.Equals(_titleDigits, other._titleDigits, StringComparison.Ordinal);
        return !isSeries
            && _subject.Overlaps(other._subject)
            && shorter._runs.Count(longer._runs.Contains) >= ContainedMin * shorter._runs.Count
            && shorter._identifiers.IsSubsetOf(longer._identifiers)
            && shorter._names.IsSubsetOf(longer._names);
    }

    private static string KeyOf(Assertion assertion) => string.Join(' ', assertion.Words.Concat(assertion.Identifiers));

    private static HashSet<string> WordsOf(string text) =>
        AssertionReader.Read(text).SelectMany(assertion => assertion.Words).ToHashSet(StringComparer.Ordinal);

    // Not at the start of a sentence, where every word has a capital.
    [GeneratedRegex(@"(?<=[\p{L}\p{N},;)»] [«(]?[ \u00A0\u202F]?|['’])\p{Lu}[\p{L}\p{N}]+", RegexOptions.None, 30_000)]
    private static partial Regex Name();
}

/// <summary>Two sentences or rows of which one says something else than the other.</summary>
/// <param name="One">The one.</param>
/// <param name="Other">The other.</param>
/// <param name="Figures">The figures that differ; none where one denies what the other says.</param>
internal sealed record Contradiction(
    Assertion One,
    Assertion Other,
    IReadOnlyList<(StatedFigure One, StatedFigure Other)> Figures);
