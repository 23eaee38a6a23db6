using System.Text;
using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>Personal data on the command line: made, found, and told.</summary>
public sealed class PersonalDataCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Made_documents_are_scanned_as_they_are_labelled()
    {
        var folder = Path.Combine(_folder.FullName, "made");
        var (exit, _, error) = await TerroirCommand.RunAsync("pii", "generate", folder, "--seed", "7", "--count", "60");
        Assert.Equal((0, ""), (exit, error));

        var labels = await ReadAsync(Path.Combine(folder, "labels.jsonl"));
        Assert.Equal(60, labels.Count);
        foreach (var (file, found) in labels)
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, file), Stop);
            Assert.All(found, label => Assert.Equal(
                label.Text,
                Encoding.UTF8.GetString(bytes.AsSpan(label.Start, label.End - label.Start))));
        }

        var texts = Directory.CreateDirectory(Path.Combine(_folder.FullName, "texts"));
        foreach (var (file, _) in labels)
        {
            File.Copy(Path.Combine(folder, file), Path.Combine(texts.FullName, file));
        }

        var (_, output, _) = await TerroirCommand.RunAsync("pii", "scan", texts.FullName, "--json");
        var scanned = Parse(output);
        var exact = labels.Sum(item => item.Found.Count(label => label.Kind is "iban" or "nir" or "email"
            && scanned[Path.Combine(texts.FullName, item.File)].Contains(label)));
        Assert.Equal(labels.Sum(item => item.Found.Count(label => label.Kind is "iban" or "nir" or "email")), exact);
        Assert.True(exact > 20);
    }

    [Fact]
    public async Task One_seed_makes_the_same_files_and_another_makes_others()
    {
        string[] folders = ["a", "b", "c"];
        foreach (var (folder, seed) in folders.Zip(["3", "3", "4"]))
        {
            await TerroirCommand.RunAsync(
                "pii", "generate", Path.Combine(_folder.FullName, folder), "--seed", seed, "--count", "20");
        }

        var written = folders.Select(folder => string.Join(
            '\n',
            Directory.GetFiles(Path.Combine(_folder.FullName, folder)).Order(StringComparer.Ordinal)
                .Select(File.ReadAllText))).ToArray();
        Assert.Equal(written[0], written[1], StringComparer.Ordinal);
        Assert.NotEqual(written[0], written[2], StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_files_is_left_alone()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "mine.txt"), "x", Stop);

        var (exit, _, error) = await TerroirCommand.RunAsync("pii", "generate", _folder.FullName);

        Assert.Equal(3, exit);
        Assert.Contains("is not empty", error, StringComparison.Ordinal);
        Assert.Single(_folder.GetFiles());
    }

    [Theory]
    [InlineData("PERSON_1", "demande 2026-114", "is no pseudonym")]
    [InlineData("6a5f0c1e9d3b4a7788ff/PERSON_1", "non", "10 to 500 characters")]
    [InlineData("6a5f0c1e9d3b4a7788ff/PERSON_1", "demande 2026-114", "not permitted")]
    public async Task Nobody_is_told_a_pseudonym_by_default(string pseudonym, string reason, string refusal)
    {
        var data = Path.Combine(_folder.FullName, "data");
        await TerroirCommand.RunAsync("init", "--data", data);
        await File.WriteAllTextAsync(
            Path.Combine(data, "directory.yaml"),
            "groups:\n  - id: auditors\n    name: Auditeurs\n    members: [user:anne]\n"
                + "users:\n  - id: anne\n    name: Anne\n",
            Stop);

        var (exit, output, error) = await TerroirCommand.RunAsync(
            "pii", "reveal", pseudonym, "--as", "anne", "--reason", reason, "--data", data);

        Assert.Equal(3, exit);
        Assert.Empty(output);
        Assert.Contains(refusal, error, StringComparison.Ordinal);
    }

    private static async Task<List<(string File, List<Found> Found)>> ReadAsync(string path) =>
        [.. Parse(await File.ReadAllTextAsync(path, Stop)).Select(item => (item.Key, item.Value))];

    private static Dictionary<string, List<Found>> Parse(string lines) => lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .ToDictionary(
            item => item.GetProperty("file").GetString()!,
            item => item.GetProperty("findings").EnumerateArray()
                .Select(finding => new Found(
                    finding.GetProperty("kind").GetString()!,
                    finding.GetProperty("start").GetInt32(),
                    finding.GetProperty("end").GetInt32(),
                    finding.GetProperty("text").GetString()!))
                .ToList(),
            StringComparer.Ordinal);

    private sealed record Found(string Kind, int Start, int End, string Text);
}
