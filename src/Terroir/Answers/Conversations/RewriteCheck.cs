using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Terroir.Retrieval;
using Terroir.Retrieval.Text;

namespace Terroir.Answers.Conversations;

/// <summary>Tells whether a question that a model rewrote says what the asker said, and nothing else.</summary>
/// <remarks>Each of its words is one of the asker's questions, in any form of it, or one of a closed list that only
/// joins words: so no name, number, negation or fact can come from the model. It keeps the nouns, names, numbers and
/// negations of the new question.</remarks>
internal static partial class RewriteCheck
{
    private static readonly FrozenSet<string> Joining = (
        "a au aux avec ce ces cet cette cela chez comment combien d dans de des du elle elles en entre "
        + "est et etre être eux faut il ils je l la le les leur leurs lui lequel laquelle lesquels "
        + "lesquelles on ou où par pendant peut pour pourquoi qu quand que quel quelle quelles quels qui "
        + "quoi s sa se ses si son sont sur un une vers y à ait après avant sous t c j m n nous vous about "
        + "after an and any are as at be before between by can could did do does during for from had has "
        + "have how i in into is it its of or shall she he should that the their them there they these "
        + "this those to was were what when where which who whom whose why will with would you your")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Negations = (
        "ne pas non ni jamais sans sauf aucun aucune hors rien personne interdit "
        + "not no nor never without except none nothing nobody cannot forbidden")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Checks a rewritten question.</summary>
    /// <param name="rewritten">What the model wrote.</param>
    /// <param name="question">The question as it was asked.</param>
    /// <param name="earlier">The asker's earlier questions that the model saw.</param>
    /// <returns>Whether it may be searched in the question's place.</returns>
    public static bool Holds(string rewritten, string question, IReadOnlyList<string> earlier)
    {
        if (rewritten.Length is 0 or > SearchRequest.QueryLengthMax || rewritten.Any(char.IsControl))
        {
            return false;
        }

        var own = string.Join('\n', [question, .. earlier]);
        var said = WordsOf(own);
        return WordsOf(rewritten).All(word => said.Contains(word) || Joining.Contains(word) || IsFormOf(word, own))
            && WordsOf(question).Where(Negations.Contains).All(WordsOf(rewritten).Contains)
            && StandaloneQuery.SubjectsOf(question).All(word => WordsOf(rewritten).Contains(word)
                || IsFormOf(word, rewritten));
    }

    // "fermeture" is not a form of "fermer" where the analysis of the language says otherwise: then it does not hold.
    // A number has no other form here, and neither has a negation.
    private static bool IsFormOf(string word, string text) =>
        !word.Any(char.IsDigit)
        && !Negations.Contains(word)
        && TextAnalysis.Chains.Any(chain =>
        {
            var terms = TextAnalysis.Analyze(word, chain).Select(token => token.Term).ToArray();
            return terms.Length > 0
                && terms.All(TextAnalysis.Analyze(text, chain)
                    .Select(token => token.Term)
                    .ToHashSet(StringComparer.Ordinal)
                    .Contains);
        });

    private static HashSet<string> WordsOf(string text) => Word().Matches(NormalForm.Of(text))
        .Select(match => match.Value.ToLowerInvariant())
        .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Word();
}
