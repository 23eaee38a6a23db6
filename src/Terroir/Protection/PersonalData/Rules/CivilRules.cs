using System.Text.RegularExpressions;

namespace Terroir.Protection.PersonalData.Rules;

/// <summary>Dates of birth and postal addresses.</summary>
internal static partial class CivilRules
{
    private const int PatternTimeoutMs = 30_000;

    private const string Months =
        "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
        + "|january|february|march|april|may|june|july|august|september|october|november|december";

    private const string Date =
        @"(?:[0-3]?[0-9][/.-][01]?[0-9][/.-](?:[12][0-9])?[0-9]{2}|[12][0-9]{3}-[01][0-9]-[0-3][0-9]"
        + @"|[0-3]?[0-9](?:er|st|nd|rd|th)?[ \u00A0](?:of )?(?:" + Months + @")[ \u00A0,]{1,2}[12][0-9]{3}"
        + @"|(?:" + Months + @")[ \u00A0][0-3]?[0-9](?:st|nd|rd|th)?,?[ \u00A0][12][0-9]{3})(?![0-9])";

    private const string Street =
        "rue|avenue|av\\.|boulevard|bd|bld|place|chemin|allée|allées|impasse|quai|route|cours|square|faubourg|sentier|"
        + "lotissement|résidence|passage|esplanade|promenade|villa|venelle|montée|traverse|rond-point|cité|"
        + "hameau|lieu-dit";

    /// <summary>Finds them.</summary>
    public static void Find(string text, ICollection<RuleMatch> found)
    {
        foreach (System.Text.RegularExpressions.Match match in BirthDate().Matches(text))
        {
            var date = match.Groups["date"];
            found.Add(new RuleMatch(
                PersonalDataKind.BirthDate, date.Index, date.Index + date.Length, 0.97, "birth-date"));
        }

        // A street that goes past a code of five figures is none; another may begin within it.
        var address = Address().Match(text);
        while (address.Success)
        {
            var street = address.Groups["street"];
            if (PostalCode().IsMatch(text.AsSpan(street.Index, street.Length)))
            {
                address = Address().Match(text, address.Index + 1);
                continue;
            }

            found.Add(new RuleMatch(
                PersonalDataKind.Address, address.Index, address.Index + address.Length, 0.9, "address-street"));
            address = address.NextMatch();
        }
    }

    /// <summary>Finds dates that stand alone in brackets right behind the name of a person, as papers of hospitals have
    /// them: "Anne Durand (12/03/1954)".</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">What was found, with the names; takes the dates too.</param>
    public static void FindBehindNames(string text, ICollection<RuleMatch> found)
    {
        var ends = found.Where(match => match.Kind is PersonalDataKind.Person).Select(match => match.End).ToHashSet();
        foreach (System.Text.RegularExpressions.Match match in BracketedDate().Matches(text))
        {
            if (ends.Contains(match.Index))
            {
                var date = match.Groups["date"];
                found.Add(new RuleMatch(
                    PersonalDataKind.BirthDate, date.Index, date.Index + date.Length, 0.75, "birth-date-behind-name"));
            }
        }
    }

    [GeneratedRegex(
        @"[ \u00A0]\((?<date>" + Date + @")\)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex BracketedDate();

    [GeneratedRegex(
        @"(?<!\w)(?:née?(?:\(e\))?s?|nee?|date de naissance|naissance|ddn|d\.d\.n\.|born|date of birth|dob|birth date)"
        + @"\s{0,3}(?:[:=|]\s{0,3})?(?:(?:le|en date du|on|the)\s+)?(?<date>" + Date + ")",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex BirthDate();

    // Number and street, then up to the code and the town, on the same line or the next.
    [GeneratedRegex(
        @"(?<![\w/.,])[0-9]{1,4}(?:[ \u00A0]?(?:bis|ter|quater|[A-D])(?![\w]))?,?[ \u00A0](?:" + Street
        + @")[ \u00A0](?<street>[^\n;|:]{2,60}?)(?:[ ,\n–-]{1,4}[0-9]{5}[ \u00A0]"
        + @"\p{Lu}[\p{L}'’-]+(?:[ \u00A0-](?:\p{Lu}|d['’]|de |du |des |la |le |les |sur|sous|en)[\p{L}'’-]*){0,6}"
        + @"(?:[ \u00A0](?i:cedex)(?:[ \u00A0][0-9]{1,2})?)?|(?=[\n;|,.])|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex Address();

    [GeneratedRegex(@"\b[0-9]{5}\b", RegexOptions.CultureInvariant, PatternTimeoutMs)]
    private static partial Regex PostalCode();
}
