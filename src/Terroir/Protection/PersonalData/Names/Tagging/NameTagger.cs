namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>Finds names that no title and no list tells, by what an averaged perceptron has learned of how names and
/// their surroundings are written. Safe to share between threads.</summary>
/// <param name="firstNames">First names that are known.</param>
/// <param name="weights">What was learned.</param>
internal sealed class NameTagger(FirstNames firstNames, TaggerWeights weights)
{
    /// <summary>The rule of what is found.</summary>
    internal const string Rule = "name-tagger";

    // What the weights of a name's words must come to on the average: of several words, of one alone, and of several
    // that are looked for again in the rest of the text. Chosen on the training templates with weights that had not
    // seen them, and on French texts of administration that hold hardly any name.
    private const int MarginMin = 40;
    private const int AloneMarginMin = 300;
    private const int SureMarginMin = 200;

    private const double Likely = 0.7;
    private const double Sure = 0.85;

    /// <summary>Finds names.</summary>
    public void Find(string text, ICollection<RuleMatch> found)
    {
        var words = new CapitalWords(text);
        var run = new TaggedRun(new NameFeatures(firstNames));
        var isName = false;
        for (var from = 0; from < words.Words.Count;)
        {
            var to = words.EndOfRun(from);
            if (to - from == 1 && NameWords.IsOther(text.AsSpan(words.Words[from].Start..words.Words[from].End)))
            {
                (from, isName) = (to, false);
                continue;
            }

            var link = LinkOf(text, words, from, isName);
            run.Read(text, words, (from, to), link, hidden: [], weights);
            run.Decode();
            isName = run.Tags[^1] is not NameTag.Outside;
            Add(text, words, from, run, found);
            from = to;
        }
    }

    /// <summary>How a run hangs on the one before it.</summary>
    internal static uint LinkOf(string text, CapitalWords words, int from, bool isName) => from == 0
        ? 0
        : RunLink.Of(text.AsSpan(words.Words[from - 1].End..words.Words[from].Start), isName);

    private static void Add(
        string text,
        CapitalWords words,
        int from,
        TaggedRun run,
        ICollection<RuleMatch> found)
    {
        for (var first = 0; first < run.Count;)
        {
            var end = first + 1;
            if (run.Tags[first] is not NameTag.Begin)
            {
                first = end;
                continue;
            }

            while (end < run.Count && run.Tags[end] is NameTag.Inside)
            {
                end++;
            }

            var margin = run.MarginOf(first, end);
            var isAlone = IsAlone(text, words, from + first, from + end);
            var (start, stop) = (words.Words[from + first].Start, words.Words[from + end - 1].End);
            if (margin >= (isAlone ? AloneMarginMin : MarginMin) && stop - start >= NameIndex.LengthMin)
            {
                var confidence = margin >= SureMarginMin && !isAlone ? Sure : Likely;
                found.Add(new RuleMatch(PersonalDataKind.Person, start, stop, confidence, Rule));
            }

            first = end;
        }
    }

    // Whether only one of the words may be a name: "Le FICP" is one.
    private static bool IsAlone(string text, CapitalWords words, int from, int to)
    {
        var count = 0;
        for (var at = from; at < to; at++)
        {
            var word = words.Words[at];
            count += NameWords.IsOther(text.AsSpan(word.Start..word.End).TrimEnd('.')) ? 0 : 1;
        }

        return count <= 1;
    }
}
