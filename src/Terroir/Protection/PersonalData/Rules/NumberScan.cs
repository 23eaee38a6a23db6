namespace Terroir.Protection.PersonalData.Rules;

/// <summary>Finds numbers: wherever a run of letters and figures begins that may be one, every rule is tried.</summary>
internal static class NumberScan
{
    // The letters that begin a number, as those of a plate or a country.
    private const int LeadingLettersMax = 6;

    /// <summary>Finds numbers.</summary>
    public static void Find(string text, ICollection<RuleMatch> found)
    {
        var groups = new NumberGroups();
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiLetterOrDigit(text[at]))
            {
                continue;
            }

            if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
            {
                at = EndOf(text, at) - 1;
                continue;
            }

            if (MayBegin(text, at))
            {
                groups.Read(text, at);
                Find(text, groups, found);
            }

            at = EndOf(text, at) - 1;
        }
    }

    private static void Find(string text, NumberGroups groups, ICollection<RuleMatch> found)
    {
        if (groups.Count == 0)
        {
            return;
        }

        foreach (var rule in NumberRules.All)
        {
            if (rule.Find(text, groups) is { } match)
            {
                found.Add(match);
            }
        }
    }

    // Figures, or a few capitals with figures in them or right behind them; and capitals of the length of a BIC.
    private static bool MayBegin(string text, int at)
    {
        if (char.IsAsciiDigit(text[at]))
        {
            return true;
        }

        if (!char.IsAsciiLetterUpper(text[at]))
        {
            return false;
        }

        var end = EndOf(text, at);
        var run = text.AsSpan(at..end);
        return run.ContainsAnyInRange('0', '9')
            || (run.Length is 8 or 11 && !run.ContainsAnyExceptInRange('A', 'Z'))
            || (run.Length <= LeadingLettersMax && end + 1 < text.Length && char.IsAsciiLetterOrDigit(text[end + 1])
                && !run.ContainsAnyExceptInRange('A', 'Z'));
    }

    private static int EndOf(string text, int at)
    {
        while (at < text.Length && char.IsLetterOrDigit(text[at]))
        {
            at++;
        }

        return at;
    }
}
