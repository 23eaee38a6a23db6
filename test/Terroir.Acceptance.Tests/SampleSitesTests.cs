using System.Text.RegularExpressions;
using Terroir.Access;

namespace Terroir.Acceptance.Tests;

/// <summary>The sites of <c>samples/sites</c> are configurations that the command takes.</summary>
public sealed partial class SampleSitesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Settings, directory and sources have no fault, and name nobody who is not there.</summary>
    /// <param name="name">The folder of the sample.</param>
    /// <returns>A task that ends with the test.</returns>
    [Theory]
    [InlineData("hospital")]
    [InlineData("bank")]
    [InlineData("business")]
    public async Task A_sample_site_is_taken_as_it_stands(string name)
    {
        var sample = Path.Combine(Repository.Root, "samples", "sites", name);
        var data = Path.Combine(_folder.FullName, "site");
        var share = _folder.CreateSubdirectory("share").FullName;
        var sources = Path.Combine(_folder.FullName, "sources.yaml");
        var yaml = await File.ReadAllTextAsync(
            Path.Combine(sample, "sources.yaml"),
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            sources,
            Folder().Replace(yaml, $"folder: {share}"),
            TestContext.Current.CancellationToken);
        Assert.Equal(0, (await TerroirCommand.RunAsync("init", "--data", data)).Exit);
        File.Copy(Path.Combine(sample, "terroir.yaml"), Path.Combine(data, "terroir.yaml"), overwrite: true);
        File.Copy(Path.Combine(sample, "directory.yaml"), Path.Combine(data, "directory.yaml"), overwrite: true);

        var (exit, output, error) =
            await TerroirCommand.RunAsync("source", "apply", sources, "--dry-run", "--data", data);

        Assert.True(exit == 0, error);
        Assert.Equal(Regex.Count(yaml, "- name:"), Regex.Count(output, ": add"));
        var directory = SiteDirectory.Parse(
            await File.ReadAllTextAsync(Path.Combine(sample, "directory.yaml"), TestContext.Current.CancellationToken));
        Assert.Empty(directory.Unknown);
        Assert.All(
            Principals().Matches(yaml).Select(match => match.Value),
            principal => Assert.True(directory.Knows(principal), principal));
    }

    [GeneratedRegex("folder: /srv/[^\n]*", RegexOptions.NonBacktracking)]
    private static partial Regex Folder();

    [GeneratedRegex("(group|user):[a-z.-]+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Principals();
}
