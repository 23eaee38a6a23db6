using System.Text.RegularExpressions;

namespace Terroir.Answers.Extractive;

/// <summary>What sort of thing a question asks for, as far as its form tells.</summary>
[Flags]
internal enum AnswerKinds
{
    /// <summary>Nothing that a sentence shows by its form.</summary>
    None = 0,

    /// <summary>A sum of money, or that there is none to pay.</summary>
    Amount = 1,

    /// <summary>A time span or how often something is done.</summary>
    Duration = 2,

    /// <summary>A date, an hour, or what comes before or after.</summary>
    Moment = 4,

    /// <summary>Any number.</summary>
    Number = 8,

    /// <summary>A telephone number or an address.</summary>
    Contact = 16,

    /// <summary>A share in percent.</summary>
    Share = 32,

    /// <summary>What something is.</summary>
    Definition = 64,
}

/// <summary>Reads what a question asks for, and whether a sentence has it.</summary>
/// <remarks>The words of these rules are those of questions in general; none is of a corpus.</remarks>
internal static partial class AnswerKindRules
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly (AnswerKinds Kind, Regex Cue, Regex Form)[] Rules =
    [
        (AnswerKinds.Duration, DurationCue(), DurationForm()),
        (AnswerKinds.Amount, AmountCue(), AmountForm()),
        (AnswerKinds.Moment, MomentCue(), MomentForm()),
        (AnswerKinds.Contact, ContactCue(), ContactForm()),
        (AnswerKinds.Share, ShareCue(), ShareForm()),
        (AnswerKinds.Number, NumberCue(), NumberForm()),
        (AnswerKinds.Definition, DefinitionCue(), DefinitionForm()),
    ];

    /// <summary>Finds what a question asks for; the first rule that fits decides.</summary>
    /// <param name="question">The question, or a part of it.</param>
    /// <param name="cues">The ranges of its words that say so.</param>
    public static AnswerKinds Of(string question, List<Range> cues)
    {
        var kinds = AnswerKinds.None;
        foreach (var (kind, cue, _) in Rules)
        {
            foreach (var match in cue.EnumerateMatches(question))
            {
                cues.Add(match.Index..(match.Index + match.Length));
                kinds = kinds == AnswerKinds.None ? kind : kinds;
            }
        }

        return kinds;
    }

    /// <summary>Whether a text has the form of what is asked for; true where nothing is.</summary>
    /// <param name="kinds">What is asked for.</param>
    /// <param name="text">A sentence; for a row, with the headers of its cells.</param>
    public static bool Fits(AnswerKinds kinds, string text) =>
        Array.TrueForAll(Rules, rule => !kinds.HasFlag(rule.Kind) || rule.Form.IsMatch(text));

    private const string Numeral =
        @"(?:\d+(?:[.,]\d+)?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
        + @"vingt|trente|quarante|cinquante|soixante|cents?|mille|two|three|four|five|seven|eight|nine|"
        + @"ten|eleven|twelve|fourteen|fifteen|twenty|thirty|forty|fifty|sixty|hundred|thousand)";

    // An article is a number before a unit only.
    private const string Figure = $@"(?:{Numeral}|une?|demi-?|one|an?)";

    private const string TimeUnit =
        @"(?:secondes?|minutes?|mn|min|heures?|h|jours?|journées?|semaines?|mois|trimestres?|ans?|années?|fois|"
        + @"seconds?|hours?|days?|weeks?|months?|years?|times|quarters?)";

    [GeneratedRegex(
        @"\bcombien de temps\b|\b(?:dans |sous |en )?quels? délais?\b|\b(?:durées?|délais?|fréquence)\b|"
        + @"\btous les combien\b|\bà quelle fréquence\b|"
        + @"\bcombien d[e'’] ?(?:fois|jours?|heures?|minutes?|semaines?|mois|ans|années)\b|"
        + @"\bhow (?:long|often|soon|early|fast|quickly|far in advance)\b|"
        + @"\bhow many (?:times|days|hours|minutes|weeks|months|years)\b|\bduration\b",
        Options,
        30_000)]
    private static partial Regex DurationCue();

    [GeneratedRegex(
        $@"\b{Figure}(?:[ \u00A0\u202F-](?:premi\w+|ouvrés?|ouvrées?|calendaires?|working|business|first|full))?"
        + $@"[ \u00A0\u202F-]?{TimeUnit}\b|\b(?:chaque|par|toutes? les|tous les|each|every|per) {TimeUnit}\b|"
        + @"\b(?:immédiat\w*|aussitôt|illimitée?s?|sans (?:délai|limite)|immediate\w*|unlimited|at any time|"
        + @"daily|weekly|monthly|yearly|trimestrielle?s?|mensuelle?s?|annuelle?s?|hebdomadaires?|quotidien\w*)\b|"
        + $@"\b{TimeUnit}\)?[^|\n]{{0,3}}[:|][^\n]*\d",
        Options,
        30_000)]
    private static partial Regex DurationForm();

    [GeneratedRegex(
        @"\bcombien (?:(?:est-ce|cela|ça) )?(?:coûte|coute|paie|paye|gagne|touche|vaut|vend)\w*|"
        + @"\b(?:prix|tarifs?|coûts?|coûte\w*|montants?|salaires?|rémunérations?|loyers?)\b|"
        + @"\bhow much\b|\b(?:prices?|costs?|fees?|rents?|salary|salaries|amounts?|charges?)\b",
        Options,
        30_000)]
    private static partial Regex AmountCue();

    [GeneratedRegex(
        @"€|\beuros?\b|\bEUR\b|£|\$|\bdollars?\b|\bpounds\b|\bgratuit\w*|\bsans frais\b|\bfree\b|\d ?%|\bpercent\b|"
        + @"\b(?:tarif|prix|montant|coût|price|cost|fee)[^|\n:]{0,20}:[^\n]*\d",
        Options,
        30_000)]
    private static partial Regex AmountForm();

    [GeneratedRegex(
        @"\b(?:jusqu['’]à )?quand\b|\b(?:de |à |avant |jusqu['’]à |vers )?quelles? (?:heures?|dates?)\b|"
        + @"\bquels? jours?\b|\bhoraires?\b|\b(?:until )?when(?:ever)?\b|\bwhat (?:time|day|date)s?\b|"
        + @"\b(?:opening|visiting) hours\b",
        Options,
        30_000)]
    private static partial Regex MomentCue();

    [GeneratedRegex(
        $@"\b\d{{1,2}} ?[h:] ?\d{{0,2}}\b|\b\d{{1,2}} ?[ap]\.?m\b|\b(?:19|20)\d\d\b|"
        + @"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|"
        + @"\b(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|january|february|"
        + @"march|april|june|july|august|september|october|november|december)\b|"
        + @"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|"
        + $@"sunday)s?\b|\b{Figure}(?:[ \u00A0\u202F-]\w+)?[ \u00A0\u202F-]?{TimeUnit}\b|"
        + @"\b(?:dès|avant|après|lorsque|à tout moment|jamais|toujours|chaque|jour et nuit|before|after|once|during|"
        + @"any time|every|always|never)\b",
        Options,
        30_000)]
    private static partial Regex MomentForm();

    [GeneratedRegex(
        @"\b(?:numéros?|n°)(?: (?:de )?(?:téléphone|poste|interne))?\b|\btéléphon\w*\b|\bquel (?:est le )?poste\b|"
        + @"\b(?:qui|à qui|où) (?:appeler|contacter|joindre|téléphoner|s['’]adresser|écrire)\b|"
        + @"\b(?:appeler|contacter|joindre)\b|\b(?:tele)?phones?\b|\b(?:which |what )?numbers?\b(?! of)|"
        + @"\bwhom? (?:do|should|can|must) (?:I|we) (?:call|contact|ask|phone)\b",
        Options,
        30_000)]
    private static partial Regex ContactCue();

    [GeneratedRegex(
        @"\b(?:postes?|dial|extension|tél\w*)[ \u00A0:]*\d|\b\d\d(?:[ .]\d\d){1,4}\b|\+\d\d|@|\b\d{4}\b",
        Options,
        30_000)]
    private static partial Regex ContactForm();

    [GeneratedRegex(
        @"\b(?:taux|pourcentage|quelle (?:part|proportion)|percentage|what (?:share|proportion))\b",
        Options,
        30_000)]
    private static partial Regex ShareCue();

    [GeneratedRegex(@"\d ?%|\b(?:pour ?cent|percent)\b", Options, 30_000)]
    private static partial Regex ShareForm();

    [GeneratedRegex(@"\b(?:à )?combien\b|\bnombre d[e'’]|\bhow many\b|\bnumber of\b", Options, 30_000)]
    private static partial Regex NumberCue();

    [GeneratedRegex($@"\d|\b{Numeral}\b|\baucune?\b|\bnone\b", Options, 30_000)]
    private static partial Regex NumberForm();

    [GeneratedRegex(
        @"\bqu'est[ -]ce qu[e']|\bc'est quoi\b|\ben quoi consiste(?:nt)?\b|\bque (?:signifie|veut dire|désigne)\b|"
        + @"\bdéfinition\b|\bwhat (?:is|are) (?:an? )?(?=(?:\w+ ){0,2}\w+ ?\?$)",
        Options,
        30_000)]
    private static partial Regex DefinitionCue();

    [GeneratedRegex(
        @"^[^,.;:|]{1,80}\b(?:(?:est|sont|is|are) (?:un|une|le|la|les|des|du|ce|celui|celle|a|an|the)\b|"
        + @"(?:est|sont) l['’]|désigne|consiste|permet|correspond|signifie|s['’]agit|means\b|refers\b)",
        Options,
        30_000)]
    private static partial Regex DefinitionForm();
}
