using System.Text.RegularExpressions;
using Terroir.Languages;
using Terroir.Retrieval.Text;

namespace Terroir.Answers.Extractive;

/// <summary>A question, taken apart: what it asks for, and the words that an answer must be about.</summary>
/// <param name="Chain">The chain of its language.</param>
/// <param name="Parts">Its parts, at least one: "Qui ... et quand ...?" has two.</param>
/// <param name="WantsList">Whether it asks for several things of one sort.</param>
internal sealed partial record AskedQuestion(string Chain, IReadOnlyList<QuestionPart> Parts, bool WantsList)
{
    /// <summary>At most this many parts are answered; what follows belongs to the last.</summary>
    internal const int PartCountMax = 3;

    /// <summary>Reads a question.</summary>
    /// <param name="question">The question.</param>
    public static AskedQuestion Read(string question)
    {
        var text = NormalForm.Of(question).Replace('’', '\'').Replace('\u00A0', ' ').Replace('\u202F', ' ');
        var cuts = PartStart().EnumerateMatches(text);
        var starts = new List<int> { 0 };
        foreach (var cut in cuts)
        {
            if (starts.Count < PartCountMax)
            {
                starts.Add(cut.Index);
            }
        }

        var parts = starts.Zip(starts.Skip(1).Append(text.Length), (start, end) => Read(text, start, end));
        return new AskedQuestion(
            TextAnalysis.ChainOf(LanguageIdentifier.Identify(text, "fr")),
            [.. parts],
            ListCue().IsMatch(text));
    }

    private static QuestionPart Read(string text, int start, int end)
    {
        var part = text[start..end];
        var left = new List<Range>();
        var kinds = AnswerKindRules.Of(part, left);
        foreach (var match in Frame().EnumerateMatches(part))
        {
            left.Add(match.Index..(match.Index + match.Length));
        }

        var words = TextAnalysis.Chains.ToDictionary(
            chain => chain,
            chain => (IReadOnlyList<QuestionWord>)
            [
                .. TextAnalysis.Analyze(part, chain)
                    .Where(token => !left.Exists(range => IsIn(token, range)))
                    .DistinctBy(token => token.Term, StringComparer.Ordinal)
                    .Select(token => new QuestionWord(
                        token.Term,
                        NumberSpellings.Others(part[token.Start..token.End], chain),
                        start + token.Start,
                        RoleOf(part, token, isFirst: start == 0))),
            ],
            StringComparer.Ordinal);
        var cues = TextAnalysis.Chains.ToDictionary(
            chain => chain,
            chain => (IReadOnlySet<string>)TextAnalysis.Analyze(part, chain)
                .Where(token => left.Exists(range => IsIn(token, range)))
                .Select(token => token.Term)
                .ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        return new QuestionPart(kinds, words, cues)
        {
            Letters = [.. Letter().Matches(part).Select(match => match.Value[0])],
            CountedStart = Counted().Match(part) is { Success: true } counted ? start + counted.Index : -1,
        };
    }

    private static bool IsIn(Token token, Range range) =>
        token.Start >= range.Start.Value && token.End <= range.End.Value;

    private static WordRole RoleOf(string text, Token token, bool isFirst)
    {
        var word = text.AsSpan(token.Start, token.End - token.Start);
        var before = text.AsSpan(0, token.Start);
        if (word.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return WordRole.Number;
        }

        var isStart = isFirst && before.TrimStart(" '\"«(-").IsEmpty;
        if (char.IsUpper(word[0]) && !isStart)
        {
            return WordRole.Name;
        }

        var after = text.AsSpan(token.End);
        return VerbAfter().IsMatch(before) || VerbBefore().IsMatch(after) ? WordRole.Verb
            : NounAfter().IsMatch(before) && !(Quality().IsMatch(word) && !after.StartsWith("-")) ? WordRole.Noun
            : WordRole.Other;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"(?<=\S)[ ,]+(?:et|and|puis|then) "
        + @"(?=(?:(?:à|de|d'|pour|avant|jusqu'à|en|dans|pendant|depuis|sous|until|for|by|at|from|to|with|"
        + @"in) ?)?(?:qui|quand|où|combien|quel(?:le)?s?|comment|pourquoi|who|whom|when|where|how|"
        + @"what|which|why)\b)",
        Options,
        30_000)]
    private static partial Regex PartStart();

    // Words that make a question of a statement, and verbs that say nothing of their own.
    [GeneratedRegex(
        @"\b(?:est-ce qu[e']|qu'est-ce qu[ei']|quel(?:le)?s?|lequel|laquelle|lesquel(?:le)?s|comment|pourquoi|qui|que|"
        + @"quoi|où|(?:en|dans (?:le|quel)) cas|y a-t-il|a-t-(?:on|il|elle)|(?:a|ont|aura|auront|eu) lieu|"
        + @"peu(?:t|vent|x)|pourr\w+|do(?:it|ivent|is)|devr\w+|fau(?:t|dra|drait)|fai(?:t|re|s|sons)|font|fera|"
        + @"-?t-(?:on|il|elle|ils|elles)|-(?:on|il|elle|ils|elles|je|nous|vous|ce)|si|trouve(?:nt)?|situe(?:nt)?|"
        + @"le droit d[e']|est-il (?:possible|permis) d[e']|en dehors d[eu']s?|à partir d[eu']s?|au bout d[eu']s?|"
        + @"lors d[eu']s?|au (?:début|cours|moment) d[eu']s?|à la fin d[eu']s?|tout de suite|"
        + @"au (?:plus|moins|maximum|minimum)|maxim\w+|minim\w+|"
        + @"how|what|where|which|who|whom|whose|why|do(?:es)?|did|can|could|may|might|must|shall|should|will|would|"
        + @"have|has|had|there|get|need|find|located|i|me|my|we|our|you|your|they|their|ours?)\b",
        Options,
        30_000)]
    private static partial Regex Frame();

    [GeneratedRegex(
        @"\b(?:on|il|elle|ils|elles|je|j'|nous|vous|se|s'|ne|n'|peut|peut-on|doit|doit-on|faut|faut-il|pour|peut-il|"
        + @"peut-elle|qui|who|to|i|you|we|they|it)[ -]?$",
        Options,
        30_000)]
    private static partial Regex VerbAfter();

    // Adjectives that stand before their noun.
    [GeneratedRegex(
        @"^(?:jeunes?|grand(?:e?s?)|petite?s?|nouve(?:au|aux|l|lle|lles)|bon(?:ne)?s?|mauvaise?s?|"
        + @"autres?|ancien(?:ne)?s?|prochaine?s?|dernière?s?|derniers?|même|simples?|young|new|old|good|"
        + @"other|next|last|same)$",
        Options,
        30_000)]
    private static partial Regex Quality();

    [GeneratedRegex(@"^-(?:t-)?(?:on|il|elle|ils|elles|je|nous|vous)\b", Options, 30_000)]
    private static partial Regex VerbBefore();

    [GeneratedRegex(
        @"(?:\b(?:le|la|les|un|une|des|du|de|au|aux|en|à|par|sur|sans|sous|chez|contre|entre|ce|cet|cette|ces|son|sa|"
        + @"ses|leur|leurs|mon|ma|mes|the|a|an|of|for|in|on|at|by|with|without|from|my|your|this|that|these) |[ld]')$",
        Options,
        30_000)]
    private static partial Regex NounAfter();

    // The D of "bâtiment D", which is a stop word otherwise. I and A begin sentences.
    [GeneratedRegex(@"(?<=\S )[B-HJ-Z](?![\w'.-])", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Letter();

    [GeneratedRegex(@"(?<=\b(?:combien d[e'] ?|how many ))\w+", Options, 30_000)]
    private static partial Regex Counted();

    [GeneratedRegex(
        @"\bquel(?:le)?s sont\b|\b(?:quels|quelles)\b|\bque (?:faire|faut-il|doit|contient|comprend)\b|\bwhat are\b|"
        + @"\b(?:étapes|gestes|règles|pièces|conditions|erreurs|liste|steps|rules|list|documents are)\b",
        Options,
        30_000)]
    private static partial Regex ListCue();
}

/// <summary>A part of a question.</summary>
/// <param name="Kinds">What it asks for.</param>
/// <param name="Words">For each chain the words that an answer must be about, in their order.</param>
/// <param name="Cues">For each chain the words that say what is asked for: an answer need not repeat them.</param>
internal sealed record QuestionPart(
    AnswerKinds Kinds,
    IReadOnlyDictionary<string, IReadOnlyList<QuestionWord>> Words,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Cues)
{
    /// <summary>Capitals that stand alone, as in "bâtiment C": an answer has them too.</summary>
    public IReadOnlyList<char> Letters { get; init; } = [];

    /// <summary>Where the word stands that is to be counted: "combien d'agents"; -1 if there is none.</summary>
    public int CountedStart { get; init; } = -1;
}

/// <summary>A word of a question.</summary>
/// <param name="Term">The term as the index has it.</param>
/// <param name="Others">Other spellings of the same number; empty for other words.</param>
/// <param name="Start">Where it stands in the question: the same word in the other chain stands there too.</param>
/// <param name="Role">What it seems to be.</param>
internal sealed record QuestionWord(string Term, IReadOnlyList<string> Others, int Start, WordRole Role);

/// <summary>What a word of a question seems to be, by its neighbours and its letters.</summary>
internal enum WordRole
{
    /// <summary>Nothing tells.</summary>
    Other,

    /// <summary>It stands where a verb does.</summary>
    Verb,

    /// <summary>It follows an article or a preposition.</summary>
    Noun,

    /// <summary>It has a capital inside the question.</summary>
    Name,

    /// <summary>It has a digit.</summary>
    Number,
}
