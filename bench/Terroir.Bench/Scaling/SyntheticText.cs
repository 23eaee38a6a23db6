using System.Text.RegularExpressions;

namespace Terroir.Bench.Scaling;

/// <summary>Seeded text like that of the judged collections: whole sentences of theirs, and runs of their words drawn
/// by their own frequency.</summary>
internal sealed partial class SyntheticText
{
    private const int WordsMin = 12;
    private const int WordsMax = 40;
    private const int SentencesMax = 4;

    private readonly string[] _sentences;
    private readonly string[] _words;
    private readonly ZipfSampler _ranks;

    public SyntheticText(IEnumerable<JudgedSet> sets)
    {
        _sentences =
        [
            .. sets.SelectMany(set => set.Documents)
                .SelectMany(document => Ends().Split(document.Text))
                .Select(sentence => sentence.Trim().ReplaceLineEndings(" "))
                .Where(sentence => sentence.Length is > 40 and < 400),
        ];
        _words =
        [
            .. _sentences.SelectMany(sentence => Letters().Matches(sentence).Select(match => match.Value))
                .CountBy(word => word, StringComparer.Ordinal)
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => pair.Key),
        ];
        _ranks = new ZipfSampler(_words.Length);
    }

    /// <summary>One passage: one to four sentences, and a run of words.</summary>
    public string Draw(Random random)
    {
        var sentences = Enumerable.Range(0, random.Next(1, SentencesMax + 1))
            .Select(_ => _sentences[random.Next(_sentences.Length)]);
        var words = Enumerable.Range(0, random.Next(WordsMin, WordsMax))
            .Select(_ => _words[_ranks.Draw(random)]);
        return $"{string.Join(". ", sentences)}. {string.Join(' ', words)}.";
    }

    [GeneratedRegex(@"[.!?]\s+|\n", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Ends();

    [GeneratedRegex(@"\p{L}+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Letters();
}
