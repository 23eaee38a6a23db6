namespace Terroir.Readers.Pdf;

/// <summary>Rules and leaders that are typed with signs, as plain printers do: <c>-----</c> and <c>.....</c>.</summary>
internal static class TypedRules
{
    private const int RuleLengthMin = 6;
    private const int LeaderLengthMin = 3;

    /// <summary>Takes typed rules out of the words and gives them as drawn ones.</summary>
    public static List<PdfRule> Take(List<PdfWord> words)
    {
        var rules = words.Where(word => !word.IsTurned && IsRule(word.Text))
            .Select(word => new PdfRule(word.Baseline + (0.3 * word.Size), word.Left, word.Right))
            .ToList();
        words.RemoveAll(word => !word.IsTurned && IsRule(word.Text));
        return rules;
    }

    /// <summary>Whether a word is nothing but the dots between a label and its figure.</summary>
    public static bool IsLeader(string word) =>
        word.Length >= LeaderLengthMin && word.AsSpan().IndexOfAnyExcept('.', '·', '…') < 0;

    /// <summary>A cell without the dots behind its label.</summary>
    public static string WithoutLeader(string text)
    {
        var end = text.TrimEnd('.', '·', '…', ' ');
        return text.Length - end.Length > LeaderLengthMin ? end : text;
    }

    private static bool IsRule(string word) =>
        word.Length >= RuleLengthMin && word.AsSpan().IndexOfAnyExcept("-=—–") < 0;
}
