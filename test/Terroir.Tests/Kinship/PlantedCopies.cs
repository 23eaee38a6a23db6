using Terroir.Kinship;

namespace Terroir.Tests.Kinship;

/// <summary>Makes copies of texts with a given similarity.</summary>
internal static class PlantedCopies
{
    /// <summary>Replaces words at random places until no edit would bring the copy nearer to what is wanted.</summary>
    /// <param name="text">The text.</param>
    /// <param name="similarity">The wanted Jaccard similarity of the runs of words.</param>
    /// <param name="random">Chooses the places.</param>
    public static string Edit(string text, double similarity, Random random)
    {
        var words = text.Split(' ');
        var runs = TextSketch.Runs(text);
        for (var (copy, distance) = (text, 1 - similarity); ;)
        {
            words[random.Next(words.Length)] = $"autre{random.Next(10_000)}";
            var edited = string.Join(' ', words);
            var others = TextSketch.Runs(edited);
            var common = others.Count(runs.Contains);
            var reached = (double)common / (runs.Count + others.Count - common);
            if (Math.Abs(reached - similarity) > distance)
            {
                return copy;
            }

            (copy, distance) = (edited, Math.Abs(reached - similarity));
        }
    }
}
