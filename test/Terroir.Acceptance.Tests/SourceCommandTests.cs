namespace Terroir.Acceptance.Tests;

/// <summary>Sources as an operator declares, tries, rehearses and pauses them.</summary>
public sealed class SourceCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Documents => Path.Combine(_folder.FullName, "documents");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task One_file_declares_sources_and_a_rehearsal_writes_nothing()
    {
        await CreateAsync();
        var file = Path.Combine(_folder.FullName, "sources.yaml");
        await File.WriteAllTextAsync(file, $"sources:\n  - name: rh\n    folder: {Documents}\n", Stop);

        var (_, difference, _) = await RunAsync("source", "apply", file, "--dry-run");
        var (_, none, _) = await RunAsync("source", "list", "--json");
        var (applied, _, _) = await RunAsync("source", "apply", file);
        var (_, rehearsed, _) = await RunAsync("sync", "rh", "--dry-run");
        var (_, read, _) = await RunAsync("sync", "rh");

        Assert.StartsWith("rh: add", difference, StringComparison.Ordinal);
        Assert.DoesNotContain("rh", none, StringComparison.Ordinal);
        Assert.Equal(0, applied);
        Assert.StartsWith("rh: 1 added;", rehearsed, StringComparison.Ordinal);
        Assert.Contains("nothing was written", rehearsed, StringComparison.Ordinal);
        Assert.StartsWith("rh: 1 added; generation 1", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_sources_that_is_wrong_changes_nothing_and_names_lines()
    {
        await CreateAsync();
        var file = Path.Combine(_folder.FullName, "sources.yaml");
        await File.WriteAllTextAsync(
            file,
            $"sources:\n  - name: rh\n    folder: {Documents}\n  - name: b\n    kind: s4\n",
            Stop);

        var (exit, _, error) = await RunAsync("source", "apply", file);
        var (_, listed, _) = await RunAsync("source", "list", "--json");

        Assert.Equal(3, exit);
        Assert.Contains("line 4: source 'b'", error, StringComparison.Ordinal);
        Assert.Contains("s3, ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"rh\"", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_says_what_is_wrong_and_a_paused_source_is_left_alone()
    {
        await CreateAsync();
        await RunAsync("source", "add", "rh", Documents);

        var (sound, steps, _) = await RunAsync("source", "test", "rh");
        var (broken, faults, _) = await RunAsync("source", "test", "--kind", "s3", "--set", "bucket=soins");
        await RunAsync("source", "pause", "rh");
        var (paused, report, _) = await RunAsync("sync", "rh");
        await RunAsync("source", "resume", "rh");
        var (resumed, _, _) = await RunAsync("sync", "rh");

        Assert.Equal((0, 1, 1, 0), (sound, broken, paused, resumed));
        Assert.StartsWith("✓ ", steps, StringComparison.Ordinal);
        Assert.Contains("✗ the settings: access-key: It must be set", faults, StringComparison.Ordinal);
        Assert.Contains("It is paused.", report, StringComparison.Ordinal);
    }

    private async Task CreateAsync()
    {
        await RunAsync("init");
        Directory.CreateDirectory(Documents);
        await File.WriteAllTextAsync(Path.Combine(Documents, "permissions.yaml"), "allow: [everyone]", Stop);
        await File.WriteAllTextAsync(Path.Combine(Documents, "a.md"), "Le parking ouvre à sept heures.", Stop);
    }

    private Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        TerroirCommand.RunAsync([.. arguments, "--data", Path.Combine(_folder.FullName, "site")]);
}
