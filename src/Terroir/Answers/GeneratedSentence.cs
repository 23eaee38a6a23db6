using System.Globalization;
using System.Text.RegularExpressions;
using Terroir.Answers.Extractive;

namespace Terroir.Answers;

/// <summary>A sentence that a model wrote, and the passages that it cites by number.</summary>
/// <param name="Text">The sentence without markers and marks of emphasis.</param>
/// <param name="Passages">The numbers, distinct and in order; a number may name no passage.</param>
/// <param name="StartsLine">Whether it begins a line.</param>
internal sealed partial record GeneratedSentence(string Text, IReadOnlyList<int> Passages, bool StartsLine)
{
    /// <summary>A range such as <c>[2-5]</c> is taken for at most this many numbers.</summary>
    private const int RangeMax = 16;

    /// <summary>Cuts what a model wrote into sentences.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isCut">Whether the model was stopped in the middle: the last sentence is left out then.</param>
    public static IReadOnlyList<GeneratedSentence> Parse(string text, bool isCut)
    {
        // Some servers send a model's reasoning as text; it is no part of the answer.
        var thought = text.LastIndexOf("</think>", StringComparison.OrdinalIgnoreCase);
        var answer = thought < 0 ? text : text[(thought + "</think>".Length)..];

        // A marker belongs to the sentence that it follows, also after the full stop.
        var ordered = MarkerAfterEnd().Replace(answer.ReplaceLineEndings("\n"), "${markers}${end}");
        var sentences = new List<GeneratedSentence>();
        foreach (var (start, end) in SentenceSplitter.Split(ordered))
        {
            var isLine = start == 0 || ordered[..start].TrimEnd(' ', '\t').EndsWith('\n');
            var numbers = ReadNumbers(ordered[start..end]);
            var shown = Clean(ordered[start..end]);
            if (shown.Any(char.IsLetterOrDigit))
            {
                sentences.Add(new GeneratedSentence(shown, numbers, isLine && sentences.Count > 0));
            }
            else if (sentences.Count > 0 && sentences[^1].Passages.Count == 0)
            {
                sentences[^1] = sentences[^1] with { Passages = numbers };
            }
        }

        return isCut && sentences.Count > 0 ? sentences[..^1] : sentences;
    }

    private static int[] ReadNumbers(string text)
    {
        var numbers = new List<int>();
        foreach (Match marker in Marker().Matches(text))
        {
            foreach (Match range in NumberRange().Matches(marker.Groups["list"].Value))
            {
                var from = int.Parse(range.Groups["from"].Value, CultureInfo.InvariantCulture);
                var to = range.Groups["to"].Success
                    ? int.Parse(range.Groups["to"].Value, CultureInfo.InvariantCulture)
                    : from;
                numbers.AddRange(Enumerable.Range(from, Math.Clamp(to - from + 1, 1, RangeMax)));
            }
        }

        return [.. numbers.Distinct().Order()];
    }

    private static string Clean(string text)
    {
        var plain = Marker().Replace(text, " ").Trim();
        var shown = plain.StartsWith('|') ? ShownText.Row(header: "", plain) : ShownText.Plain(plain);
        return SpaceBeforeMark().Replace(Spaces().Replace(shown, " "), "${mark}").Trim();
    }

    private const string MarkerPattern =
        @"[\[【［]\s*\^?(?:(?:passages?|sources?|docs?|documents?|n°|no\.?)\s*)?"
        + @"(?<list>\d{1,3}(?:\s*(?:[,;–-]|et|and)\s*\d{1,3})*)(?:\s*†[^\]】］\n]{0,80})?\s*[\]】］]";

    [GeneratedRegex(MarkerPattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Marker();

    [GeneratedRegex(
        @"(?<end>[.!?…])(?<markers>(?:[ \t]*" + MarkerPattern + ")+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        30_000)]
    private static partial Regex MarkerAfterEnd();

    [GeneratedRegex(@"(?<from>\d{1,3})(?:\s*[–-]\s*(?<to>\d{1,3}))?", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex NumberRange();

    [GeneratedRegex(@"[ \t\n]+", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@" (?<mark>[.,])", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex SpaceBeforeMark();
}
