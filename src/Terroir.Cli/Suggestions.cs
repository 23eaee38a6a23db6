using System.CommandLine;

namespace Terroir.Cli;

/// <summary>What somebody may have meant by a word that the command does not know.</summary>
internal static class Suggestions
{
    /// <summary>As many letters wrong as a slip of the fingers makes.</summary>
    private const int DistanceMax = 2;

    /// <summary>Finds the verb or option of a command that a word is closest to.</summary>
    /// <returns>The name, or <see langword="null"/> if none is close.</returns>
    public static string? Find(Command command, string word)
    {
        var names = word.StartsWith('-')
            ? command.Options.Select(option => option.Name)
            : command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name);
        return names
            .Select(name => (Name: name, Distance: Distance(word, name)))
            .Where(item => item.Distance <= DistanceMax && item.Distance < item.Name.Length)
            .OrderBy(item => item.Distance)
            .ThenBy(item => item.Name, StringComparer.Ordinal)
            .Select(item => item.Name)
            .FirstOrDefault();
    }

    /// <summary>How many letters must be put in, left out, changed or swapped with the next to make one word the other.
    /// </summary>
    internal static int Distance(string word, string name)
    {
        var costs = new int[word.Length + 1, name.Length + 1];
        for (var row = 0; row <= word.Length; row++)
        {
            for (var column = 0; column <= name.Length; column++)
            {
                costs[row, column] = (row, column) switch
                {
                    (0, _) => column,
                    (_, 0) => row,
                    _ => Math.Min(
                        Math.Min(costs[row - 1, column], costs[row, column - 1]) + 1,
                        costs[row - 1, column - 1] + (word[row - 1] == name[column - 1] ? 0 : 1)),
                };
                if (row > 1 && column > 1 && word[row - 1] == name[column - 2] && word[row - 2] == name[column - 1])
                {
                    costs[row, column] = Math.Min(costs[row, column], costs[row - 2, column - 2] + 1);
                }
            }
        }

        return costs[word.Length, name.Length];
    }
}
