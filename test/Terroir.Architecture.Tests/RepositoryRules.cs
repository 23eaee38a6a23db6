using System.Text.RegularExpressions;

namespace Terroir.Architecture.Tests;

/// <summary>Rules on files, which no analyzer checks.</summary>
public sealed partial class RepositoryRules
{
    private const int MaxSourceLines = 500;
    private const int MaxTestLines = 800;
    private const int MaxColumns = 120;

    [Fact]
    public void No_file_is_too_long() =>
        AssertNone(file => File.ReadLines(file).Count() > (IsTest(file) ? MaxTestLines : MaxSourceLines));

    [Fact]
    public void No_line_is_too_wide() =>
        AssertNone(file => File.ReadLines(file).Any(line => line.Length > MaxColumns));

    [Fact]
    public void A_todo_names_its_issue() =>
        AssertNone(file => File.ReadLines(file).Any(line =>
            line.Contains("// " + "TODO", StringComparison.Ordinal)
            && !line.Contains("// " + "TODO(#", StringComparison.Ordinal)));

    // Code that is generated for a lazy loop over a group with a bound may never come back: dotnet/runtime 129628.
    [Fact]
    public void No_pattern_repeats_a_group_lazily_up_to_a_bound() =>
        AssertNone(file => !IsTest(file) && LazyBoundedGroup().IsMatch(File.ReadAllText(file)));

    [Fact]
    public void Every_error_code_is_documented_and_no_other()
    {
        var used = RepositoryFiles.Sources("src")
            .SelectMany(file => ErrorCode().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["code"].Value)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var documented = DocumentedCode()
            .Matches(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "errors.md")))
            .Select(match => match.Groups["code"].Value)
            .Order(StringComparer.Ordinal);

        Assert.Equal(used, documented);
    }

    [Theory]
    [InlineData("utils")]
    [InlineData("common")]
    [InlineData("shared")]
    [InlineData("misc")]
    [InlineData("helpers")]
    [InlineData("core")]
    public void No_folder_is_a_drawer_of_leftovers(string name) =>
        Assert.DoesNotContain(
            RepositoryFiles.Sources("src", "test", "bench").SelectMany(file =>
                Path.GetRelativePath(RepositoryFiles.Root, file).Split(Path.DirectorySeparatorChar)),
            folder => string.Equals(folder, name, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Every_slice_has_its_page()
    {
        var engine = Path.Combine(RepositoryFiles.Root, "src", "Terroir");
        var pages = Path.Combine(RepositoryFiles.Root, "docs", "features");

        Assert.All(
            Directory.GetDirectories(engine).Select(folder => Path.GetFileName(folder)!.ToLowerInvariant())
                .Where(name => name is not "obj" and not "bin"),
            name => Assert.True(File.Exists(Path.Combine(pages, name + ".md")), $"docs/features/{name}.md is missing"));
    }

    private static void AssertNone(Predicate<string> isWrong) =>
        Assert.Equal(
            "",
            string.Join('\n', RepositoryFiles.Sources("src", "test", "bench").Where(file => isWrong(file))));

    private static bool IsTest(string file) =>
        file.StartsWith(Path.Combine(RepositoryFiles.Root, "test"), StringComparison.Ordinal);

    [GeneratedRegex(@"\)(\?\?|\{[0-9]+,[0-9]+\}\?)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LazyBoundedGroup();

    [GeneratedRegex("base\\(\\s*\"(?<code>TER\\d{4})\"", RegexOptions.None, 1_000)]
    private static partial Regex ErrorCode();

    [GeneratedRegex(@"^\| (?<code>TER\d{4}) \|", RegexOptions.Multiline, 1_000)]
    private static partial Regex DocumentedCode();
}
