using System.Text.RegularExpressions;
using Terroir.Answers.Extractive;
using Terroir.Retrieval;

namespace Terroir.Answers.Conversations;

/// <summary>Makes a question that leans on the one before it stand alone, by rules: the words that the earlier question
/// was about follow it in brackets.</summary>
/// <remarks>It reads the asker's own questions and nothing else, so it tells nothing of any document. A question that
/// stands alone is left as it is.</remarks>
internal static partial class StandaloneQuery
{
    /// <summary>How many words of the earlier question are carried on at most.</summary>
    internal const int WordCountMax = 8;

    /// <summary>A question about at most so many things may mean one that it does not name by a pronoun.</summary>
    internal const int OwnSubjectsMax = 2;

    /// <summary>Makes the query.</summary>
    /// <param name="question">The question as it was asked.</param>
    /// <param name="earlier">The query of the turn before; empty if there is none.</param>
    /// <returns>A query of at most <see cref="SearchRequest.QueryLengthMax"/> characters.</returns>
    public static string Of(string question, string earlier)
    {
        var own = WordsOf(question);
        if (earlier.Length == 0 || !Leans(question, own))
        {
            return question;
        }

        // Without a verb of its own, "Et pour les urgences ?", the question means that of the earlier one too.
        var hasVerb = own.Exists(word => word.Role == WordRole.Verb);
        var terms = own.Select(word => word.Term).ToHashSet(StringComparer.Ordinal);
        var carried = WordsOf(earlier)
            .Where(word => (!hasVerb || word.Role != WordRole.Verb) && !terms.Contains(word.Term))
            .DistinctBy(word => word.Term, StringComparer.Ordinal)
            .Take(WordCountMax)
            .Select(word => Letters().Match(earlier, word.Start).Value)
            .ToArray();
        var query = carried.Length > 0 ? $"{question} ({string.Join(' ', carried)})" : question;
        return query.Length <= SearchRequest.QueryLengthMax ? query : question;
    }

    /// <summary>Whether a question has words of its own that an answer could be about.</summary>
    public static bool HasWords(string question) => WordsOf(question).Count > 0;

    /// <summary>The nouns, names and numbers of a question, as they are written, in lower case.</summary>
    public static IEnumerable<string> SubjectsOf(string question)
    {
        // The places of words are in the normal form.
        var text = NormalForm.Of(question);
        return WordsOf(question)
            .Where(word => word.Role != WordRole.Verb)
            .Select(word => Part().Match(text, word.Start).Value.ToLowerInvariant());
    }

    private static bool Leans(string question, List<QuestionWord> own)
    {
        var subjects = own.Count(word => word.Role != WordRole.Verb);
        return Connective().IsMatch(question)
            || subjects == 0
            || (subjects <= OwnSubjectsMax && Pronoun().IsMatch(Impersonal().Replace(question, " ")));
    }

    private static List<QuestionWord> WordsOf(string question)
    {
        var read = AskedQuestion.Read(question);
        return [.. read.Parts.SelectMany(part => part.Words[read.Chain])];
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^\W*(?:et|mais|ou|sinon|and|but|or|else|what about|how about)\b", Options, 30_000)]
    private static partial Regex Connective();

    [GeneratedRegex(
        @"\b(?:ils?|elles?|lui|ce(?:lui|lle|ux|lles)(?:-ci|-là)?|cela|ceci|ça|ce(?:t|tte)? dern(?:ier|ière)|"
        + @"it|its|he|him|his|she|her|they|them|their|this one|that one|those|these)\b",
        Options,
        30_000)]
    private static partial Regex Pronoun();

    // "Il" and "it" that stand for nothing.
    [GeneratedRegex(
        @"\b(?:y a-t-il|il y a|faut-il|il faut|s'agit-il|existe-t-il|est-il (?:possible|permis|obligatoire|nécessaire|"
        + @"interdit)|is it (?:possible|allowed|mandatory|necessary|forbidden))\b",
        Options,
        30_000)]
    private static partial Regex Impersonal();

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Part();

    [GeneratedRegex(@"[\w'’-]+", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Letters();
}
