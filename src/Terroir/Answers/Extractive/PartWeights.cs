using Terroir.Retrieval;

namespace Terroir.Answers.Extractive;

/// <summary>What each word of a part of a question weighs, for passages of one chain.</summary>
/// <remarks>
/// <para>Weights come from the documents that the asker may read and from nothing else.</para>
/// <para>The shares were chosen on <c>questions.jsonl</c> and <c>questions-tuning.jsonl</c> of the sample. Each can be
/// moved by a third, alone, for at most one answer more or less; <c>docs/features/answers.md</c> has the table.</para>
/// </remarks>
internal sealed class PartWeights
{
    /// <summary>A verb weighs this share of a noun: there are many ways to say what is done.</summary>
    internal const double VerbShare = 0.8;

    /// <summary>What is asked for (a sum, a date) weighs this share of a word of the question.</summary>
    internal const double KindShare = 0.75;

    /// <summary>What a word of the same family covers.</summary>
    internal const double FamilyShare = 0.9;

    /// <summary>What a word of the title or a heading covers.</summary>
    internal const double AboveShare = 0.9;

    /// <summary>What a word of the sentence before covers.</summary>
    internal const double BeforeShare = 0.9;

    /// <summary>What a word of the document's path covers.</summary>
    internal const double PathShare = 0.6;

    /// <summary>What a word elsewhere in the passage covers. With 0.4, the inventory of keys answers a question about
    /// the inventory of narcotics.</summary>
    internal const double PassageShare = 0.3;

    /// <summary>What a word in an item counts for the list that holds it.</summary>
    internal const double ItemShare = 0.5;

    /// <summary>Words that stand within so many terms are close to one another. Chosen by reason: twice the terms of
    /// a long sentence of the sample corpus.</summary>
    internal const int WindowTermCount = 40;

    /// <summary>A number counts a thing that follows it within this many words: "4 visiting scholars".</summary>
    private const int CountedDistanceMax = 2;

    /// <summary>A year has four digits; the term has its chain and a colon before them.</summary>
    private const int YearTermLength = 7;

    private readonly List<(QuestionWord Word, double Weight)> _words = [];
    private readonly QuestionPart _part;
    private readonly IReadOnlySet<string> _cues;
    private readonly QuestionWord? _key;
    private readonly QuestionWord? _counted;
    private readonly double _kind;
    private readonly double _total;

    public PartWeights(QuestionPart part, string chain, TermStatistics statistics)
    {
        _part = part;
        _cues = part.Cues[chain];
        _counted = part.Words[chain].FirstOrDefault(word => word.Start == part.CountedStart);
        foreach (var word in part.Words[chain])
        {
            // A verb that no document has was said in another way; a noun that none has is not spoken of.
            var frequency = Math.Max(
                word.Role is WordRole.Verb or WordRole.Other ? 1 : 0,
                statistics.Frequencies.GetValueOrDefault(word.Term));
            var weight = Math.Log(1 + ((statistics.DocumentCount + 1) / (frequency + 0.5)));
            _words.Add((word, word.Role == WordRole.Verb ? VerbShare * weight : weight));
        }

        _key = KeyOf(_words);
        var sum = _words.Sum(pair => pair.Weight);
        _kind = part.Kinds == AnswerKinds.None ? 0 : KindShare * (_words.Count > 0 ? sum / _words.Count : 1);
        _total = sum + _kind;
    }

    /// <summary>How much of the question a unit covers.</summary>
    /// <returns>The shares, or nothing if the unit cannot be about the question: its key, a number or a letter is
    /// missing.</returns>
    public UnitRate? Rate(PassageTerms passage, UnitTerms unit)
    {
        if (_total <= 0 || !_part.Letters.All(letter => UnitLetters.Has(passage.Hit, unit.Unit, letter)))
        {
            return null;
        }

        var (own, whole, cells) = (0.0, 0.0, 0.0);
        var close = BestWindow(unit);
        foreach (var (word, weight) in _words)
        {
            var inside = ShareIn(close, word);
            var lead = ShareIn(unit.Lead, word);
            var near = Math.Max(Math.Max(inside, lead), Math.Max(
                BeforeShare * ShareIn(unit.Before, word),
                AboveShare * ShareIn(passage.Above, word)));
            if (near == 0 && (word == _key || IsRequired(word, passage)))
            {
                return null;
            }

            cells += inside;
            own += weight * unit.Unit.Kind switch
            {
                UnitKind.Row => Math.Max(inside, lead),
                UnitKind.List => Math.Max(lead, ItemShare * inside),
                _ => inside,
            };
            whole += weight * Math.Max(near, Math.Max(
                PathShare * ShareIn(passage.Path, word),
                PassageShare * ShareIn(passage.All, word)));
        }

        // The header alone fits every row of a table.
        if (unit.Unit.Kind == UnitKind.Row && cells == 0)
        {
            return null;
        }

        var fits = AnswerKindRules.Fits(_part.Kinds, unit.Unit.Text);
        return new UnitRate(own / _total, (whole + (fits ? _kind : 0)) / _total)
        {
            Fits = fits,
            SaysCue = _cues.Any(term => unit.Own.Contains(term) || unit.Lead.Contains(term)),
            Counts = Counts(unit),
        };
    }

    // What the question is about: its rarest noun, or its rarest word if it has none.
    private static QuestionWord? KeyOf(List<(QuestionWord Word, double Weight)> words)
    {
        var nouns = words.Where(pair => pair.Word.Role is WordRole.Noun or WordRole.Name).ToArray();
        return (nouns.Length > 0 ? nouns : [.. words]).OrderByDescending(pair => pair.Weight).FirstOrDefault().Word;
    }

    // A number must be near the answer; a year may stand anywhere in the passage.
    private static bool IsRequired(QuestionWord word, PassageTerms passage) =>
        word.Role == WordRole.Number
        && !(word.Term.Length == YearTermLength && ShareIn(passage.All, word) > 0);

    // A unit that runs on, such as a list without line breaks, holds many words that have nothing to do with one
    // another. Its own words are those of the window that covers most of the question.
    private IReadOnlySet<string> BestWindow(UnitTerms unit)
    {
        if (unit.Sequence.Count <= WindowTermCount || unit.Unit.Kind == UnitKind.List)
        {
            return unit.Own;
        }

        IReadOnlySet<string> best = unit.Own;
        var most = -1.0;
        for (var start = 0; start < unit.Sequence.Count; start += WindowTermCount / 2)
        {
            var window = unit.Sequence.Skip(start).Take(WindowTermCount).ToHashSet(StringComparer.Ordinal);
            var weight = _words.Sum(pair => pair.Weight * ShareIn(window, pair.Word));
            (best, most) = weight > most ? (window, weight) : (best, most);
        }

        return best;
    }

    private static double ShareIn(IReadOnlySet<string> terms, QuestionWord word) =>
        terms.Contains(word.Term) || word.Others.Any(terms.Contains) ? 1
        : terms.Any(other => TermFamily.IsShared(other, word.Term)) ? FamilyShare
        : 0;

    private bool Counts(UnitTerms unit)
    {
        for (var at = 1; _counted is not null && at < unit.Sequence.Count; at++)
        {
            if (string.Equals(unit.Sequence[at], _counted.Term, StringComparison.Ordinal)
                && unit.Sequence.Skip(Math.Max(0, at - CountedDistanceMax)).Take(Math.Min(at, CountedDistanceMax))
                    .Any(NumberSpellings.IsNumber))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>How much of a part of a question a unit covers.</summary>
/// <param name="Own">The share that its own words cover: 0 to 1.</param>
/// <param name="Whole">The share that they cover with what stands around them: 0 to 1.</param>
internal sealed record UnitRate(double Own, double Whole)
{
    /// <summary>Whether it has the form of what is asked for.</summary>
    public bool Fits { get; init; }

    /// <summary>Whether it names what is asked for, as the question does: "le tarif est de ...".</summary>
    public bool SaysCue { get; init; }

    /// <summary>Whether it has a number of the thing that is to be counted.</summary>
    public bool Counts { get; init; }
}
