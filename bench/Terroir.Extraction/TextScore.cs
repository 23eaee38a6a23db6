using System.Text;
using System.Text.RegularExpressions;

namespace Terroir.Extraction;

/// <summary>Question: are the letters and words of a long book right, in the right order?</summary>
internal static partial class TextScore
{
    public static async Task RunAsync(string folder, TextWriter output)
    {
        await output.WriteLineAsync("\n| book (human reference) | char ratio | word F1 |\n|---|---|---|");
        foreach (var file in Directory.GetFiles(folder, "*.pdf").Order(StringComparer.Ordinal))
        {
            var reference = await File.ReadAllTextAsync(Path.ChangeExtension(file, ".txt"));
            var text = await Files.TextAsync(file);
            await output.WriteLineAsync(
                $"| {Path.GetFileName(file)} | {CharRatio(reference, text):0.000} | {WordF1(reference, text):0.000} |");
            var other = await SpeedScore.PopplerAsync(file);
            await output.WriteLineAsync(
                $"| the same by pdftotext | {CharRatio(reference, other):0.000} | {WordF1(reference, other):0.000} |");
        }
    }

    /// <summary>Twice the longest common subsequence over the sum of lengths, after spaces, ligatures, hyphens and
    /// Markdown marks are made alike.</summary>
    public static double CharRatio(string expected, string actual)
    {
        var (a, b) = (Normalize(expected), Normalize(actual));
        return a.Length + b.Length == 0 ? 1 : 2.0 * CommonSubsequence.Length(a, b) / (a.Length + b.Length);
    }

    /// <summary>F1 of the two bags of words.</summary>
    public static double WordF1(string expected, string actual)
    {
        var a = Bag(Normalize(expected));
        var b = Bag(Normalize(actual));
        var shared = a.Sum(pair => Math.Min(pair.Value, b.GetValueOrDefault(pair.Key)));
        return 2.0 * shared / Math.Max(1, a.Values.Sum() + b.Values.Sum());
    }

    private static string Normalize(string text)
    {
        var words = LinkTarget().Replace(BrokenWord().Replace(text, "${before}${after}"), "${words}");
        var plain = MarkdownMarks().Replace(words, " ");
        return Spaces().Replace(NormalForm.Of(plain, NormalizationForm.FormKC), " ").Trim();
    }

    private static Dictionary<string, int> Bag(string text) => Word().Matches(text.ToLowerInvariant())
        .GroupBy(word => word.Value, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    [GeneratedRegex(@"(?<before>\p{L})-\n\s*(?<after>\p{Ll})", RegexOptions.None, 10_000)]
    private static partial Regex BrokenWord();

    [GeneratedRegex(@"^(?:#{1,6}|-|\||```)\s|\|(?:---\|)*|\\(?=\|)", RegexOptions.Multiline, 10_000)]
    private static partial Regex MarkdownMarks();

    [GeneratedRegex(@"\[(?<words>[^\[\]\n]*)\]\([a-z]+:[^)\s]*\)", RegexOptions.None, 10_000)]
    private static partial Regex LinkTarget();

    [GeneratedRegex(@"[\p{L}\p{N}_]+", RegexOptions.None, 10_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"[\s\u00ad]+", RegexOptions.None, 10_000)]
    private static partial Regex Spaces();
}
