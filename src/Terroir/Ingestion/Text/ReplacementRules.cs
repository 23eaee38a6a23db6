using System.Buffers;
using System.Text.RegularExpressions;

namespace Terroir.Ingestion.Text;

/// <summary>Reads which documents a document says that it replaces: "La présente note annule et remplace la note de
/// service n° 2019-12", "This procedure supersedes PR-012"; and by which it says that it is replaced: "La présente note
/// est remplacée par la note n° 2024-3", "Superseded by PR-013".</summary>
/// <remarks>It counts only where the document speaks of itself, as in <see cref="ValidityRules"/>. What is replaced is
/// known by a title in quotation marks, or by a number; a number of digits alone keeps the noun before it. Whether a
/// document has such a name is decided among the documents that an asker may read.</remarks>
internal static partial class ReplacementRules
{
    /// <summary>So many names are kept.</summary>
    internal const int NameCountMax = 8;

    // A line without any of these says nothing of it.
    private static readonly SearchValues<string> Cues = SearchValues.Create(
        ["remplac", "abrog", "supersede", "replace"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a document.</summary>
    /// <param name="text">Its canonical text.</param>
    /// <returns>The names in order, or <see langword="null"/>.</returns>
    public static IReadOnlyList<string>? Read(CanonicalText text) => Read(text, Statement());

    /// <summary>Reads by which documents a document says that it is replaced.</summary>
    /// <remarks>A pronoun is no subject here: "il est remplacé par" is said of a filter, or of a person. What will be
    /// replaced is not yet, and what follows a pronoun, as in "par la note 12, qui remplace aussi PR-7", is said of the
    /// other document.</remarks>
    /// <param name="text">Its canonical text.</param>
    /// <returns>The names in order, or <see langword="null"/>.</returns>
    public static IReadOnlyList<string>? ReadSuccessors(CanonicalText text) => Read(text, PassiveStatement());

    private static string[]? Read(CanonicalText text, Regex statement)
    {
        var kept = NearLines.Of(text)
            .Select(near => near.Line)
            .Where(line => line.AsSpan().ContainsAny(Cues))
            .SelectMany(line => NamesIn(line, statement))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(NameCountMax)
            .ToArray();
        return kept.Length > 0 ? kept : null;
    }

    private static IEnumerable<string> NamesIn(string line, Regex statement) =>
        statement.Matches(line)
            .Select(match => match.Groups["what"].Value)
            .SelectMany(what => Quoted().Matches(what).Select(match => match.Groups["title"].Value.Trim())
                .Concat(NumbersIn(Quoted().Replace(what, " "))));

    private static IEnumerable<string> NumbersIn(string what)
    {
        var noun = "";
        foreach (Match match in NounOrNumber().Matches(Dates().Replace(what, " ")))
        {
            if (match.Groups["noun"].Success)
            {
                noun = match.Groups["noun"].Value;
            }
            else if (match.Value.Any(char.IsLetter))
            {
                yield return match.Value;
            }
            else if (noun.Length > 0)
            {
                yield return $"{noun} {match.Value}";
            }
        }
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string Nouns =
        "document|note|procédure|protocole|circulaire|règlement|instruction|consigne|charte|convention|accord|arrêté|"
        + "décision|politique|guide|fiche|mode opératoire|avenant|délibération|"
        + "notice|policy|procedure|protocol|circular|regulation|guideline|agreement|order|decision|charter";

    private const string Verbs =
        "(?:(?:annul|abrog)(?:e|ent|era|eront) et remplac(?:e|ent|era|eront)|"
        + "remplac(?:e|ent|era|eront)(?: et annul(?:e|ent|era|eront))?|abrog(?:e|ent|era|eront)|"
        + "(?:(?:cancels?|repeals?) and )?(?:supersedes?|replaces?)(?: and (?:cancels?|replaces?))?)";

    // What may stand between the noun and the verb: "La présente note de service n° 2020-7 du 3 mars 2020 annule ...".
    private const string Marks =
        @"(?: (?:de service|d['’]information|interne|intérieure?|générale?|n°|no\.?|number|"
        + @"(?:du|of|dated) \d{1,2}(?:er)? \p{L}+ \d{4}|(?:du|of|dated)|[\p{L}/.-]*\d[\p{L}\p{N}/._-]*)){0,8}";

    // A full stop ends what is replaced, one inside a number or after "no" does not.
    [GeneratedRegex(
        "(?:^|(?<=[.!?] ))(?:(?:(?:l[ea]s? présent(?:e|s|es)?|ce(?:t|tte|s)?|this|the present) (?:" + Nouns
        + ")" + Marks + " |(?:il|elle|it) )" + Verbs
        + @"|(?:annule et remplace|abroge et remplace|remplace|supersedes|replaces)\b)"
        + @" ?:? ?(?<what>(?:[^.;!?]|\.(?=\S)|(?<=\bno)\.){3,300})",
        Options,
        30_000)]
    private static partial Regex Statement();

    private const string PassiveVerbs =
        "(?:(?:est|sont|a été|ont été) (?:(?:annulée?s?|abrogée?s?) et )?(?:remplacée?s?|abrogée?s?)|"
        + "(?:is|are|was|were|has been|have been) (?:cancelled and )?(?:superseded|replaced))";

    [GeneratedRegex(
        "(?:^|(?<=[.!?] ))(?:(?:l[ea]s? présent(?:e|s|es)?|ce(?:t|tte|s)?|this|the present) (?:" + Nouns
        + ")" + Marks + " " + PassiveVerbs
        + "|(?:(?:annulée?s? et )?remplacée?s?(?= (?:par|:))|(?:superseded|replaced)(?= by)))"
        + @" (?:par|by) ?:? ?(?<what>(?:(?! ?,? (?:qui|dont|laquelle|lequel|which|that)\b)"
        + @"(?:[^.;!?]|\.(?=\S)|(?<=\bno)\.)){3,300})",
        Options,
        30_000)]
    private static partial Regex PassiveStatement();

    [GeneratedRegex("[«“\"] ?(?<title>[^«»“”\"]{4,200}?) ?[»”\"]", Options, 30_000)]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"(?<!\d)(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)",
        Options,
        30_000)]
    private static partial Regex Dates();

    // Letters and digits in parts, at least one a digit; or digits alone after "n°".
    [GeneratedRegex(
        @"\b(?<noun>" + Nouns + @")s?\b|(?<![\p{L}\p{N}])(?=[\p{L}\p{N}/._-]*\d)[\p{L}\p{N}]+(?:[-/._][\p{L}\p{N}]+)+|"
        + @"(?<=n° ?|no\.? ?|number )\d{1,6}",
        Options,
        30_000)]
    private static partial Regex NounOrNumber();
}
