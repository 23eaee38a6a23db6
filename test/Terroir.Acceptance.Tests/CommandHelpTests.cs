using System.CommandLine;
using System.Text.RegularExpressions;
using Terroir.Cli;

namespace Terroir.Acceptance.Tests;

/// <summary>The help of every verb, and the page that shows it.</summary>
public sealed partial class CommandHelpTests
{
    private static readonly string Page =
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "features", "cli.md"));

    public static TheoryData<string> Verbs =>
        [.. Section().Matches(Page).Select(match => match.Groups["verb"].Value)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task The_page_shows_the_help_of_a_verb(string verb)
    {
        // The page has a hundred verbs; the start of a process for each would be most of the time of these tests.
        await using var written = new StringWriter();
        var exit = await CommandTree.Create().Parse([.. verb.Split(' '), "--help"]).InvokeAsync(
            new InvocationConfiguration { Output = written },
            TestContext.Current.CancellationToken);
        var output = written.ToString();
        var shown = Section().Matches(Page).Single(match =>
            string.Equals(match.Groups["verb"].Value, verb, StringComparison.Ordinal)).Groups["help"].Value;

        Assert.Equal(0, exit);
        Assert.Contains("Example:\n  ", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(TrimLines(shown), TrimLines(output));
    }

    [Fact]
    public async Task The_page_has_every_verb()
    {
        var (_, output, _) = await TerroirCommand.RunAsync("--help");
        var verbs = output[output.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => line.Trim().Split(' ')[0]);

        Assert.Equal(
            verbs.Order(StringComparer.Ordinal),
            Section().Matches(Page).Select(match => match.Groups["verb"].Value.Split(' ')[0])
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static string TrimLines(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).Trim();

    [GeneratedRegex("^## terroir (?<verb>.+)\n\n```\n(?<help>(?:.*\n)*?)```$", RegexOptions.Multiline, 1_000)]
    private static partial Regex Section();
}
