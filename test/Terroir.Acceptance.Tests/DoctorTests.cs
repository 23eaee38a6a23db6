using System.Diagnostics;
using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>What the doctor finds on damaged sites, and whether what it advises mends them.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir test ");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Site => Path.Combine(_folder.FullName, "site");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_sound_site_has_no_problem()
    {
        await CreateAsync();

        var (exit, output, _) = await RunAsync("doctor");

        Assert.Equal(0, exit);
        Assert.Contains("0 problems", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_metastore_is_found_before_anything_is_created_and_mended()
    {
        await CreateAsync();
        DeleteMetastore();

        var mend = await ExamineAsync("metastore");

        Assert.Empty(Directory.GetFiles(Site, "metastore.db*"));
        await MendAsync(mend);
        await AssertAnswersAsync();
    }

    [Fact]
    public async Task A_lost_metastore_is_found_also_after_a_new_one_was_made_in_its_place()
    {
        await CreateAsync();
        DeleteMetastore();
        await RunAsync("status");

        await MendAsync(await ExamineAsync("history"));

        await AssertAnswersAsync();
    }

    [Fact]
    public async Task A_damaged_metastore_is_found_and_mended()
    {
        await CreateAsync();
        await File.WriteAllTextAsync(Path.Combine(Site, "metastore.db"), "this is no database", Stop);

        await MendAsync(await ExamineAsync("metastore"));

        await AssertAnswersAsync();
    }

    [Fact]
    public async Task A_key_that_others_can_read_is_found_and_mended()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are those of Unix");
        await CreateAsync();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                Path.Combine(Site, "keys", "site.key"),
                UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        await MendAsync(await ExamineAsync("signing key"));

        Assert.Equal(0, (await RunAsync("doctor")).Exit);
    }

    [Fact]
    public async Task A_site_without_its_key_gets_no_new_one()
    {
        await CreateAsync();
        var id = await File.ReadAllTextAsync(Path.Combine(Site, "site-id"), Stop);
        File.Delete(Path.Combine(Site, "keys", "site.key"));

        _ = await ExamineAsync("identity");
        var (exit, _, error) = await RunAsync("init");

        Assert.Equal(1, exit);
        Assert.Contains("TER1006", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Site, "keys", "site.key")));
        Assert.Equal(id, await File.ReadAllTextAsync(Path.Combine(Site, "site-id"), Stop));
    }

    [Theory]
    [InlineData("keys/site.key", "no digits", "identity")]
    [InlineData("keys/master.key", "no digits", "identity")]
    [InlineData("site-id", "Not An Id", "identity")]
    [InlineData("terroir.yaml", "servr:\n  url: x", "settings")]
    [InlineData("terroir.yaml", "server:\n  url: nonsense", "server")]
    [InlineData("directory.yaml", "users: [", "directory")]
    public async Task A_file_that_cannot_be_read_is_a_finding_and_not_an_end(string file, string text, string finding)
    {
        await CreateAsync();
        await File.WriteAllTextAsync(Path.Combine(Site, file), text, Stop);

        Assert.NotEmpty(await ExamineAsync(finding));
    }

    private async Task CreateAsync()
    {
        var source = Directory.CreateDirectory(Path.Combine(_folder.FullName, "source")).FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "permissions.yaml"), "allow: [everyone]\n", Stop);
        await File.WriteAllTextAsync(Path.Combine(source, "badge.md"), "Le badge se retire à l'accueil.\n", Stop);
        Assert.Equal(0, (await RunAsync("init")).Exit);
        await File.WriteAllTextAsync(
            Path.Combine(Site, "directory.yaml"),
            "users:\n  - { id: anna, name: Anna }\n",
            Stop);
        Assert.Equal(0, (await RunAsync("source", "add", "source", source)).Exit);
        Assert.Equal(0, (await RunAsync("sync")).Exit);
    }

    private void DeleteMetastore()
    {
        foreach (var file in Directory.GetFiles(Site, "metastore.db*"))
        {
            File.Delete(file);
        }
    }

    /// <summary>Runs the doctor.</summary>
    /// <returns>The command that mends the problem of that name.</returns>
    private async Task<string> ExamineAsync(string name)
    {
        var (exit, output, error) = await RunAsync("doctor", "--json");
        Assert.True(exit == 1, error);
        using var json = JsonDocument.Parse(output);
        var finding = json.RootElement.GetProperty("findings").EnumerateArray()
            .Single(item => item.GetProperty("name").ValueEquals(name));
        Assert.Equal("problem", finding.GetProperty("level").GetString());
        Assert.False(string.IsNullOrEmpty(finding.GetProperty("why").GetString()));
        return finding.GetProperty("mend").GetString()!;
    }

    /// <summary>Pastes a command into a shell that knows <c>terroir</c>.</summary>
    private static async Task MendAsync(string mend)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "what mends is a line for a shell of Unix");
        var command = Path.Combine(AppContext.BaseDirectory, "Terroir.Cli.dll");
        using var shell = Process.Start(
            "bash",
            ["-c", $"terroir() {{ dotnet '{command}' \"$@\" >/dev/null; }}\n{mend}"]);
        await shell.WaitForExitAsync(Stop);
        Assert.Equal(0, shell.ExitCode);
    }

    private async Task AssertAnswersAsync()
    {
        var (_, output, error) = await RunAsync("search", "badge", "--as", "anna");

        Assert.True(output.Contains("accueil", StringComparison.Ordinal), error);
    }

    private Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        TerroirCommand.RunAsync([.. arguments, "--data", Site]);
}
