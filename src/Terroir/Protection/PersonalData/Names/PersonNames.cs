using System.Text.RegularExpressions;
using Terroir.Protection.PersonalData.Names.Tagging;

namespace Terroir.Protection.PersonalData.Names;

/// <summary>Finds names of people: behind a title, behind words of a form, before a date of birth, and first names that
/// are known. What was found once is found everywhere in the text.</summary>
/// <param name="firstNames">First names that are known, in any case.</param>
internal sealed partial class PersonNames(FirstNames firstNames)
{
    private readonly NameTagger _tagger = new(firstNames, TaggerWeights.Shared);

    private const int PatternTimeoutMs = 30_000;

    // What is less sure is not looked for again.
    private const double SpreadMin = 0.85;

    // A word in capitals this long behind a word with one is a surname rather than an abbreviation.
    private const int CapitalsMin = 5;

    // A name of one word this short is rather a word.
    private const int SurnameLengthMin = 3;

    /// <summary>How many names of a text are looked for again.</summary>
    internal const int SpreadCountMax = 512;

    private const string Word = @"(?:\p{Lu}[\p{L}]*['’]?\p{L}+(?:['’]\p{L}+)?|\p{Lu}\.)";

    private const string Particle = @"(?:de la|de|du|des|d['’]|le|la|van der|van den|van|von|el|ben|bin|di|da|dos)";

    // One to five words, with particles and hyphens.
    private const string Name =
        "(?<name>" + Word + "(?:-" + Word + ")*(?:[ \\u00A0](?:" + Particle + "[ \\u00A0]?)?" + Word + "(?:-" + Word
        + ")*){0,4})";

    /// <summary>Finds names.</summary>
    public void Find(string text, ICollection<RuleMatch> found)
    {
        var names = new List<RuleMatch>();
        Add(Titled(), text, 0.95, "name-title", names);
        Add(Labelled(), text, 0.93, "name-label", names);
        Add(Signed(), text, 0.85, "name-signature", names);
        AddBorn(text, names);
        AddKnown(text, names);
        _tagger.Find(text, names);
        foreach (var name in names)
        {
            found.Add(name);
        }

        Spread(text, names, found);
    }

    private static void Add(Regex pattern, string text, double confidence, string rule, List<RuleMatch> names)
    {
        foreach (System.Text.RegularExpressions.Match match in pattern.Matches(text))
        {
            var group = match.Groups["name"];
            var length = NameWords.Trim(text.AsSpan(group.Index, group.Length));
            if (length > 0)
            {
                names.Add(new RuleMatch(
                    PersonalDataKind.Person, group.Index, group.Index + length, confidence, rule));
            }
        }
    }

    // What stands before the birth; read backwards from there, since a name may begin anywhere.
    private static void AddBorn(string text, List<RuleMatch> names)
    {
        foreach (var birth in Birth().EnumerateMatches(text))
        {
            var before = text.AsSpan(0, birth.Index).TrimEnd("( \u00A0,").Length;
            var start = NameWords.StartOf(text, before);
            var length = NameWords.Trim(text.AsSpan(start..before));
            if (length > 0)
            {
                names.Add(new RuleMatch(PersonalDataKind.Person, start, start + length, 0.93, "name-born"));
            }
        }
    }

    // A known first name and a word with a capital behind it, or a surname in capitals before it.
    private void AddKnown(string text, List<RuleMatch> names)
    {
        foreach (System.Text.RegularExpressions.Match match in Pair().Matches(text))
        {
            var (first, second) = (match.Groups["first"], match.Groups["second"]);
            var isCapital = !second.ValueSpan.ContainsAnyInRange('a', 'z');
            var isKnown = (firstNames.Contains(first.ValueSpan) && NameWords.MayBeSurname(second.ValueSpan))
                || (firstNames.Contains(second.ValueSpan)
                    && !isCapital
                    && !first.ValueSpan.ContainsAnyInRange('a', 'z')
                    && NameWords.MayBeSurname(first.ValueSpan));
            var isWritten = isCapital
                && second.Length >= CapitalsMin
                && NameWords.SoundsLikeName(second.ValueSpan)
                && first.ValueSpan.ContainsAnyInRange('a', 'z')
                && NameWords.MayBeSurname(first.ValueSpan);
            if (isKnown || isWritten)
            {
                var (confidence, rule) = isKnown ? (0.85, "name-first") : (SpreadMin - 0.15, "name-capitals");
                names.Add(new RuleMatch(
                    PersonalDataKind.Person, match.Index, match.Index + match.Length, confidence, rule));
            }
        }
    }

    // The whole name, and its last word alone.
    private static void Spread(string text, List<RuleMatch> names, ICollection<RuleMatch> found)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names.Where(name => name.Confidence >= SpreadMin))
        {
            var whole = text[name.Start..name.End];
            wanted.Add(whole);
            if (NameWords.SurnameOf(whole) is { Length: >= SurnameLengthMin } surname)
            {
                wanted.Add(surname);
                wanted.Add(surname.ToUpperInvariant());
                wanted.Add(NameWords.Capitalize(surname));
            }

            if (wanted.Count > SpreadCountMax)
            {
                break;
            }
        }

        if (wanted.Count > 0)
        {
            new NameIndex(wanted).Find(text, found);
        }
    }

    [GeneratedRegex(
        @"(?<![\p{L}])(?:M\.|MM\.|Mme|Mmes|Mlle|Mr\.?|Mrs\.?|Ms\.?|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle"
        + @"|Dr\.?|[Dd]octeure?|Pr\.?|[Pp]rofesseure?|[Mm]aître|Me|Sœur|Frère|Père)[ \u00A0]+" + Name,
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex Titled();

    [GeneratedRegex(
        @"(?<![\p{L}])(?i:nom et prénom|nom, prénom|nom prénom|nom d['’]usage|nom de naissance|nom de famille"
        + @"|nom du patient|nom de la patiente|noms?|prénoms?|patiente?|salariée?|cliente?|titulaire|bénéficiaire"
        + @"|assurée?|contact|signataire|rédacteur|rédactrice|interlocuteur|interlocutrice|destinataire"
        + @"|médecin traitant|personne à prévenir|soussignée?|employée?|candidate?|locataire|emprunteur|co-emprunteur"
        + @"|surname|first name|last name|full name|name|patient name)(?:\(e\))?(?:[ \u00A0]\p{Ll}+)?[ \u00A0]*[:|,]"
        + @"[ \u00A0|*]*(?:(?:M\.|Mme|Mlle|Monsieur|Madame|Dr\.?|Docteur)[ \u00A0]+)?" + Name,
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex Labelled();

    [GeneratedRegex(
        @"(?<=[ \u00A0(])(?:née?(?:\(e\))?|born)[ \u00A0](?:le|à|en|on|in)[ \u00A0]",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex Birth();

    // The line under the words that end a letter.
    [GeneratedRegex(
        @"(?:[Cc]ordialement|[Bb]ien à (?:vous|toi)|[Ss]alutations|[Ss]incèrement|[Rr]espectueusement|[Aa]mitiés"
        + @"|[Bb]est regards|[Kk]ind regards|[Ss]incerely|[Rr]egards)[^\n]{0,40}\n\s{0,8}" + Name
        + @"(?=[ \u00A0]*(?:\n|$))",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex Signed();

    [GeneratedRegex(
        @"(?<![\p{L}'’-])(?<first>\p{Lu}[\p{L}]+(?:-\p{Lu}\p{L}+)?)[ \u00A0]"
        + @"(?<second>(?:(?:de|du|le|la|d['’]|van|von|el|ben)[ \u00A0]?)?\p{Lu}[\p{L}'’]+(?:-\p{Lu}[\p{L}'’]+)?)"
        + @"(?![\p{L}])",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex Pair();
}
