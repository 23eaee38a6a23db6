using System.Buffers;
using System.Text.RegularExpressions;

namespace Terroir.Ingestion.Text;

/// <summary>Reads from when to when a document says that it holds itself.</summary>
/// <remarks>A date counts only where the document speaks of itself: on a line or after a dash of a title that begins
/// with such words ("Applicable du ... au ..."), or in a sentence whose subject is the document ("La présente note
/// expire le ..."). Lists and tables speak of other things. Two statements that differ are none.</remarks>
internal static partial class ValidityRules
{
    // A line without any of these says nothing of it; the rules need not be tried.
    private static readonly SearchValues<string> Cues = SearchValues.Create(
        ["valab", "valid", "appl", "vigueur", "effet", "expir", "version", "effect", "force", "cess", "ends"],
        StringComparison.OrdinalIgnoreCase);

    private const int YearLength = 4;

    private static readonly Regex[] Labels = [FrenchLabel(), EnglishLabel()];

    private static readonly Regex[] Sentences = [FrenchSentence(), EnglishSentence()];

    /// <summary>Reads a document.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="text">Its canonical text.</param>
    /// <param name="languages">The languages of its pieces.</param>
    public static Validity Read(string title, CanonicalText text, BlockLanguages languages)
    {
        var found = new Statements();
        found.Add(title, languages.Main is "en");
        foreach (var (span, line) in NearLines.Of(text))
        {
            found.Add(line, languages.Of(span) is "en");
        }

        return found.Agree();
    }

    /// <summary>What was found so far.</summary>
    private sealed class Statements
    {
        private readonly HashSet<DateOnly> _from = [];
        private readonly HashSet<DateOnly> _until = [];
        private readonly HashSet<DateOnly> _version = [];

        public void Add(string line, bool isEnglish)
        {
            if (!line.AsSpan().ContainsAny(Cues) || !HasYear(line))
            {
                return;
            }

            for (var start = 0; start < line.Length; start++)
            {
                if (IsStartOfLabel(line, start))
                {
                    Add(Labels, line, start, isEnglish);
                }

                if (IsStartOfSentence(line, start))
                {
                    Add(Sentences, line, start, isEnglish);
                }
            }
        }

        /// <summary>What all statements agree on; the date of the version counts where no other begins.</summary>
        public Validity Agree()
        {
            var from = _from.Count > 0 ? Single(_from) : Single(_version);
            var until = Single(_until);
            return from > until ? Validity.Unstated : new Validity(from, until);
        }

        private void Add(Regex[] rules, string line, int start, bool isEnglish)
        {
            foreach (var rule in rules)
            {
                Add(rule.Match(line, start), isEnglish);
            }
        }

        private void Add(Match match, bool isEnglish)
        {
            var until = Read(match.Groups["until"], null);
            Keep(_until, until);
            Keep(_from, Read(match.Groups["from"], until?.Year));
            Keep(_version, Read(match.Groups["version"], null));

            DateOnly? Read(Group group, int? year) =>
                group.Success ? WrittenDate.Read(group.Value, isEnglish, year) : null;
        }

        // A statement without a year dates nothing, and most lines have none.
        private static bool HasYear(string line)
        {
            var digits = 0;
            foreach (var letter in line)
            {
                digits = char.IsDigit(letter) ? digits + 1 : 0;
                if (digits == YearLength)
                {
                    return true;
                }
            }

            return false;
        }

        // The beginning of a line, of what follows a dash in a title, or of what stands in brackets there.
        private static bool IsStartOfLabel(string line, int start) =>
            start == 0
            || line[start - 1] == '('
            || (start > 2 && line.AsSpan(start - 3, 3) is " – " or " — " or " - ");

        private static bool IsStartOfSentence(string line, int start) =>
            start == 0 || (start > 1 && line.AsSpan(start - 2, 2) is ". " or "! " or "? ");

        private static void Keep(HashSet<DateOnly> dates, DateOnly? date)
        {
            if (date is { } known)
            {
                dates.Add(known);
            }
        }

        private static DateOnly? Single(HashSet<DateOnly> dates) => dates.Count == 1 ? dates.Single() : null;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string From = "(?<from>" + WrittenDate.Pattern + ")";

    private const string Until = "(?<until>" + WrittenDate.Pattern + ")";

    // The rules are tried where a statement may begin, and nowhere else: searching a line for them costs more than all
    // the rest of preparing it.
    private const string Start = @"\G";

    private const string FrenchNoun =
        "(?:document|note(?: de service| d['’]information)?|procédure|protocole|circulaire|règlement(?: intérieur)?|"
        + "instruction|consigne|charte|convention|accord|arrêté|décision|politique|version|guide|fiche|mode opératoire|"
        + "tarifs?|grille(?: tarifaire)?|avenant|offre|devis|planning|avis)";

    private const string FrenchSpan =
        "(?:(?:du|de|des) (?<from>" + WrittenDate.DayPattern + ") au " + Until
        + "|(?:(?:à compter|à partir|à dater) du|dès le|depuis le|au|le|:) ?" + From
        + "(?:,? (?:et )?jusqu['’]au " + Until + ")?|jusqu['’]au " + Until + ")";

    private const string FrenchState = "(?:valables?|valides?|applicables?|en vigueur)";

    [GeneratedRegex(
        Start + "(?:(?:" + FrenchNoun + " )?" + FrenchState + " ?" + FrenchSpan
        + "|(?:date (?:d['’]application|d['’]effet|de prise d['’]effet|d['’]entrée en (?:vigueur|application)|"
        + "de début de validité)|entrée en (?:vigueur|application)|prise d['’]effet|début de validité) ?"
        + "(?::|le|au|à compter du|à partir du) ?(?:le )?" + From
        + "|(?:date (?:d['’]expiration|de fin de validité|limite de validité)|fin de validité|expire|"
        + "validité ?:? ?jusqu['’]au) ?(?::|le|au)? ?" + Until
        + "|validité ?: ?" + FrenchSpan
        + "|version (?:du|en date du|datée du) (?<version>" + WrittenDate.Pattern + "))",
        Options,
        30_000)]
    private static partial Regex FrenchLabel();

    [GeneratedRegex(
        Start + "(?:l[ea]s? présent(?:e|s|es)?|ce(?:t|tte|s)?) " + FrenchNoun
        + @"(?: (?:(?:est|sont|reste(?:nt)?|sera|seront|demeure(?:nt)?) " + FrenchState + " " + FrenchSpan
        + "|s['’]applique(?:nt|ra|ront)? " + FrenchSpan
        + "|(?:entre(?:nt|ra|ront)? en (?:vigueur|application)|prend(?:ra|ront)? effet|prennent effet) "
        + "(?:le|à compter du|à partir du|au) " + From
        + "|(?:expire(?:nt|ra|ront)?|cesse(?:nt|ra|ront)? de s['’]appliquer) (?:le|au) " + Until + "))",
        Options,
        30_000)]
    private static partial Regex FrenchSentence();

    private const string EnglishNoun =
        "(?:document|notice|note|policy|procedure|protocol|circular|regulation|instruction|guideline|guide|charter|"
        + "agreement|order|decision|version|leaflet|price list|amendment|offer|quotation|schedule)s?";

    private const string EnglishSpan =
        "(?:(?:from|as of|since|on|starting|with effect from|:) ?(?<from>" + WrittenDate.DayPattern
        + ")(?:,? (?:and )?(?:to|until|till|through|up to) " + Until + ")?"
        + "|(?:until|till|through|up to) " + Until + ")";

    private const string EnglishState = "(?:valid|effective|applicable|in force|in effect)";

    [GeneratedRegex(
        Start + "(?:(?:" + EnglishNoun + " )?" + EnglishState + " ?" + EnglishSpan
        + "|(?:effective date|date of (?:effect|application|entry into force)|entry into force|start of validity) ?"
        + "(?::|on|from|as of)? ?" + From
        + "|(?:expir(?:y|ation)(?: date)?|date of expiry|expires|end of validity) ?(?::|on)? ?" + Until
        + "|validity ?: ?" + EnglishSpan
        + "|version (?:of|dated) (?<version>" + WrittenDate.Pattern + "))",
        Options,
        30_000)]
    private static partial Regex EnglishLabel();

    [GeneratedRegex(
        Start + "(?:this|these|the present) " + EnglishNoun
        + " (?:(?:is|are|remains?|will be|shall be) " + EnglishState + " " + EnglishSpan
        + "|appl(?:y|ies) " + EnglishSpan
        + "|(?:comes?|enters?|will (?:come|enter)|shall (?:come|enter)) into (?:force|effect) (?:on|from|as of) " + From
        + "|(?:takes?|will take|shall take) effect (?:on|from|as of) " + From
        + "|(?:expires?|will expire|shall expire|ends?) on " + Until + ")",
        Options,
        30_000)]
    private static partial Regex EnglishSentence();
}
