namespace Terroir.Answers;

/// <summary>Cuts canonical text into sentences, list items and table rows, with their character ranges.</summary>
internal static class SentenceSplitter
{
    private static readonly string[] Abbreviations =
        ["M", "MM", "Mme", "Mlle", "Dr", "Pr", "St", "art", "p", "ex", "n", "cf", "etc", "Mr", "Mrs", "vs", "No",
            "env"];

    public static IEnumerable<(int Start, int End)> Split(string text)
    {
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            var isEnd = at == text.Length || text[at] == '\n' || IsSentenceEnd(text, at);
            if (!isEnd)
            {
                continue;
            }

            var end = at < text.Length && text[at] != '\n' ? at + 1 : at;
            var (from, to) = Trim(text, start, end);
            if (to > from && !IsRule(text[from..to]))
            {
                yield return (from, to);
            }

            start = end;
        }
    }

    private static bool IsSentenceEnd(string text, int at)
    {
        if (text[at] is not ('.' or '!' or '?') || at + 1 >= text.Length || text[at + 1] != ' ')
        {
            return false;
        }

        var word = at;
        while (word > 0 && char.IsLetterOrDigit(text[word - 1]))
        {
            word--;
        }

        var before = text[word..at];
        var isNumberedItem = before.Length <= 2 && before.All(char.IsAsciiDigit) && (word == 0
            || text[word - 1] == '\n');
        return !isNumberedItem
            && !Abbreviations.Contains(before, StringComparer.Ordinal)
            && !(before.Length == 1 && char.IsUpper(before[0]));
    }

    private static (int Start, int End) Trim(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return (start, end);
    }

    private static bool IsRule(string line) => line.All(c => c is '|' or '-' or ' ' or '`' or '#');
}
