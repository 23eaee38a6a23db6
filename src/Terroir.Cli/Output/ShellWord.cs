namespace Terroir.Cli.Output;

/// <summary>A word of a line that somebody pastes into a shell.</summary>
internal static class ShellWord
{
    /// <summary>Quotes a word if a shell would not take it as it is.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || "-_./:@+=".Contains(letter))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
