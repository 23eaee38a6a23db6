namespace Terroir.Readers.Recognition;

/// <summary>Puts words that stand side by side on one line. The engine measures a line for each column, and those
/// differ by a few dots.</summary>
internal static class RecognizedLines
{
    /// <summary>Words whose lines are nearer than this share of the usual size stand on one.</summary>
    private const double SameLine = 0.3;

    /// <summary>A space between words is not wider than this many letters.</summary>
    private const double SpaceMax = 2.2;

    /// <summary>Where a word ends, with the space after it. A typewriter's spaces are as wide as its letters, and stand
    /// above each other by chance: those are no gap between columns.</summary>
    public static double End(IReadOnlyList<RecognizedWord> words, int index)
    {
        var word = words[index];
        if (index + 1 == words.Count || words[index + 1].Line != word.Line)
        {
            return word.Right;
        }

        var next = words[index + 1];
        var letter = (word.Right - word.Left + next.Right - next.Left) / (word.Text.Length + next.Text.Length);
        return next.Left > word.Right && next.Left - word.Right < SpaceMax * letter ? next.Left : word.Right;
    }

    /// <summary>How far lines are apart that follow each other, by the middle one of the distances.</summary>
    public static double Pitch(double[] baselines)
    {
        var lines = baselines.Distinct().Order().ToArray();
        var steps = lines.Zip(lines.Skip(1), (above, below) => below - above).Order().ToArray();
        return steps.Length == 0 ? 0 : steps[steps.Length / 2];
    }

    /// <summary>The line of each word, in dots from the top.</summary>
    public static double[] Baselines(IReadOnlyList<RecognizedWord> words, double usualSize)
    {
        var baselines = new double[words.Count];
        var order = Enumerable.Range(0, words.Count).OrderBy(index => words[index].Baseline).ToArray();
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length
                && words[order[end]].Baseline - words[order[end - 1]].Baseline < SameLine * usualSize
                && words[order[end]].Baseline - words[order[start]].Baseline < 2 * SameLine * usualSize)
            {
                end++;
            }

            var line = order[start..end];
            var middle = words[line[line.Length / 2]].Baseline;
            foreach (var index in line)
            {
                baselines[index] = middle;
            }

            start = end;
        }

        return baselines;
    }
}
