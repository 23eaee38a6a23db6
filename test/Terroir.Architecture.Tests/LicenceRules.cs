using System.Text.Json;

namespace Terroir.Architecture.Tests;

/// <summary>Every package in use is listed under an allowed licence. That the list is what the packages say,
/// <c>eng/notices.sh --check</c> finds out; it needs the restored packages.</summary>
public sealed class LicenceRules
{
    private static readonly string[][] Rows = File
        .ReadLines(Path.Combine(RepositoryFiles.Root, "THIRD-PARTY-NOTICES.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Skip(1)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])
        .ToArray();

    [Fact]
    public void The_list_of_packages_is_that_of_the_lock_files()
    {
        var locked = new[] { "src", "test", "bench" }
            .Select(folder => Path.Combine(RepositoryFiles.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "packages.lock.json", SearchOption.AllDirectories))
            .SelectMany(ReadPackages)
            .Distinct(StringComparer.Ordinal);

        var listed = Rows.Select(row => $"{row[0]} {row[1]}");
        Assert.True(
            locked.ToHashSet(StringComparer.Ordinal).SetEquals(listed),
            "Packages have changed: run 'bash eng/notices.sh' and commit THIRD-PARTY-NOTICES.md.");
    }

    [Fact]
    public void Every_package_has_an_allowed_licence()
    {
        var allowed = File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "eng", "licences.txt"))
            .Where(line => !line.StartsWith('#'));

        Assert.NotEmpty(Rows);
        Assert.Empty(Rows.Select(row => row[2]).Except(allowed, StringComparer.Ordinal));
    }

    private static IEnumerable<string> ReadPackages(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var framework in json.RootElement.GetProperty("dependencies").EnumerateObject())
        {
            foreach (var package in framework.Value.EnumerateObject())
            {
                if (package.Value.TryGetProperty("resolved", out var version))
                {
                    yield return $"{package.Name} {version.GetString()}";
                }
            }
        }
    }
}
