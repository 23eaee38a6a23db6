namespace Terroir.Languages;

/// <summary>Finds where the sentences of one line end, in French and English.</summary>
internal static class SentenceEnds
{
    /// <summary>A quotation or bracket up to this many characters is never cut inside; a longer one is text like any
    /// other. Chosen by reason: longer than the longest sentence of the sample corpus (331).</summary>
    internal const int EnclosedLengthMax = 400;

    private const string Terminators = ".!?…";
    private const string Closers = "\"'”’)]*_";
    private const string Openers = "\"'“‘«([*_—–-";

    // A full stop after these never ends a sentence: a name, a number or the rest of the reference follows.
    private static readonly HashSet<string> Abbreviations = new(StringComparer.Ordinal)
    {
        "M", "MM", "Mme", "Mmes", "Mlle", "Mlles", "Dr", "Drs", "Pr", "Prs", "Prof", "Me", "Mgr", "St", "Ste", "Mr",
        "Mrs", "Ms", "Sr", "art", "Art", "al", "cf", "Cf", "env", "ex", "fig", "Fig", "n", "p", "pp", "réf", "Réf",
        "tél", "Tél", "tel", "Tel", "vol", "chap", "vs", "approx", "resp", "éd", "ed",
    };

    // After these it ends none when a number follows: sept. 2026, No. 5.
    private static readonly HashSet<string> NumberedAbbreviations = new(StringComparer.Ordinal)
    {
        "no", "No", "nos", "janv", "févr", "avr", "juil", "sept", "oct", "nov", "déc", "Jan", "Feb", "Apr", "Aug",
        "Sept", "Oct", "Nov", "Dec",
    };

    // Short words after which a single capital is still somebody's initial: avec P. Garnier.
    private static readonly HashSet<string> BeforeNames = new(StringComparer.Ordinal)
    {
        "avec", "pour", "chez", "dont", "sous", "entre", "from", "with", "that", "when",
    };

    // Before a full stop without a space after it, so many small letters and a capital after it are two sentences that
    // a page lost the space between: "ce domaine.Ce procédé".
    private const int GluedLengthMin = 2;

    /// <summary>Lists the ends.</summary>
    /// <param name="line">Text without line feeds, spaces trimmed, not empty.</param>
    /// <returns>For each sentence the offset after its last character, ascending; the last is the line's
    /// length.</returns>
    public static IReadOnlyList<int> Find(ReadOnlySpan<char> line)
    {
        var ends = new List<int>();
        for (var at = 0; at < line.Length; at++)
        {
            var close = Enclosed(line, at);
            if (close > at)
            {
                // "« Sortez ! » Il sort." ends at the closing mark, as what is inside has ended.
                var inside = line[(at + 1)..close].TrimEnd();
                at = close;
                if (inside.Length > 0 && Terminators.Contains(inside[^1])
                    && IsFollowed(line, close + 1, isNumbered: false))
                {
                    ends.Add(close + 1);
                }
            }
            else if (Terminators.Contains(line[at]))
            {
                var first = at;
                while (at + 1 < line.Length && Terminators.Contains(line[at + 1]))
                {
                    at++;
                }

                var end = at + 1;
                while (end < line.Length && Closers.Contains(line[end]))
                {
                    end++;
                }

                var isDot = first == at && line[at] == '.';
                if (IsGlued(line, first, end) || (IsFollowed(line, end, isDot && IsNumbered(line[..first]))
                    && !(isDot && IsAbbreviated(line[..first]))))
                {
                    ends.Add(end);
                    at = end - 1;
                }
            }
        }

        if (ends.Count == 0 || ends[^1] < line.Length)
        {
            ends.Add(line.Length);
        }

        return ends;
    }

    // The index of the mark that closes what opens here, or -1.
    private static int Enclosed(ReadOnlySpan<char> line, int at)
    {
        var closer = line[at] switch
        {
            '«' => '»',
            '“' => '”',
            '(' => ')',
            '[' => ']',
            _ => '\0',
        };
        if (closer == '\0')
        {
            return -1;
        }

        var length = line[at..].IndexOf(closer);
        return length is > 0 and <= EnclosedLengthMax ? at + length : -1;
    }

    // A sentence ends before a space and something that can begin one: a small letter cannot.
    private static bool IsFollowed(ReadOnlySpan<char> line, int end, bool isNumbered)
    {
        if (end >= line.Length || !char.IsWhiteSpace(line[end]))
        {
            return end >= line.Length;
        }

        var next = line[end..].TrimStart();
        next = next.TrimStart(Openers).TrimStart();
        return next.IsEmpty || (!char.IsLower(next[0]) && !(isNumbered && char.IsAsciiDigit(next[0])));
    }

    private static bool IsGlued(ReadOnlySpan<char> line, int first, int end)
    {
        if (end + 1 >= line.Length || !char.IsUpper(line[end]) || !char.IsLower(line[end + 1]))
        {
            return false;
        }

        // No part of an address: those have slashes, at signs and more full stops.
        var before = line[..first].TrimEnd();
        var word = before[(before.LastIndexOf(' ') + 1)..];
        return word.Length >= GluedLengthMin && char.IsLower(word[^1]) && char.IsLower(word[^2])
            && word.IndexOfAny("/@._") < 0;
    }

    private static bool IsNumbered(ReadOnlySpan<char> before) =>
        NumberedAbbreviations.Contains(LastWord(before).ToString());

    private static bool IsAbbreviated(ReadOnlySpan<char> before)
    {
        var word = LastWord(before);
        if (Abbreviations.Contains(word.ToString()))
        {
            return true;
        }

        if (word.Length != 1 || !char.IsLetter(word[0]))
        {
            return false;
        }

        var rest = before[..^1];
        var isJoined = !rest.IsEmpty && rest[^1] is '.' or '-';
        if (!char.IsUpper(word[0]))
        {
            // "c.-à-d." and "e.g.", but not the unit of "à 17 h."
            return isJoined;
        }

        var previous = LastWord(rest.TrimEnd());
        var isNoun = previous.Length >= 4 && char.IsLower(previous[0]) && !BeforeNames.Contains(previous.ToString());
        return isJoined || !isNoun;
    }

    private static ReadOnlySpan<char> LastWord(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && char.IsLetterOrDigit(text[start - 1]))
        {
            start--;
        }

        return text[start..];
    }
}
