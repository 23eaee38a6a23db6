using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>Folders as operators have them, read by an account that is not the superuser.</summary>
[SupportedOSPlatform("linux")]
public sealed class IntakeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_folder_that_is_closed_keeps_its_documents_and_loses_their_readers()
    {
        await CreateAsync("posix");
        var (opened, _, _) = await RunAsync("sync");
        var before = Parse((await RunAsync("search", "salaires", "--as", "anna", "--json")).Output);
        SetMode("rh", "000");

        var (exit, output, error) = await RunAsync("sync", "--json");
        var report = Parse(output).GetProperty("reports")[0];
        var found = Parse((await RunAsync("search", "salaires", "--as", "anna", "--json")).Output);
        var elsewhere = Parse((await RunAsync("search", "cantine", "--as", "anna", "--json")).Output);

        Assert.Equal((0, 0), (opened, exit));
        Assert.Equal(1, before.GetProperty("hits").GetArrayLength());
        Assert.True(report.GetProperty("removedCount").GetInt32() == 0, error);
        Assert.Equal("rh/", report.GetProperty("problems")[0].GetProperty("path").GetString());
        Assert.Equal(0, found.GetProperty("hits").GetArrayLength());
        Assert.Equal(1, elsewhere.GetProperty("hits").GetArrayLength());

        SetMode("rh", "755");
        var (_, status, _) = await RunAsync("retry", "--json");
        found = Parse((await RunAsync("search", "salaires", "--as", "anna", "--json")).Output);

        Assert.Equal(0, Parse(status).GetProperty("reports")[0].GetProperty("quarantinedCount").GetInt32());
        Assert.Equal(1, found.GetProperty("hits").GetArrayLength());
    }

    [Fact]
    public async Task A_file_that_may_not_be_opened_waits_and_is_read_when_it_may()
    {
        await CreateAsync("file");
        SetMode("rh/salaires.md", "000");

        await RunAsync("sync");
        var waiting = Parse((await RunAsync("status", "--json")).Output).GetProperty("quarantine");
        SetMode("rh/salaires.md", "644");
        await RunAsync("sync");
        var after = Parse((await RunAsync("status", "--json")).Output).GetProperty("quarantine");

        Assert.Equal("accessDenied", waiting[0].GetProperty("reason").GetString());
        Assert.Equal(0, after.GetArrayLength());
    }

    [Fact]
    public async Task Broken_permissions_are_shown_by_sync_status_and_doctor()
    {
        await CreateAsync("file");
        await WriteAsync("source/rh/permissions.yaml", "deny:\n  - stagiaires\n");

        var (_, sync, _) = await RunAsync("sync");
        var (_, status, _) = await RunAsync("status");
        var (exit, doctor, _) = await RunAsync("doctor", "--json");
        var finding = Parse(doctor).GetProperty("findings").EnumerateArray()
            .Single(item => item.GetProperty("name").ValueEquals("permissions"));

        Assert.Contains("rh/permissions.yaml:2: ", sync, StringComparison.Ordinal);
        Assert.Contains("rh/permissions.yaml: damaged file", status, StringComparison.Ordinal);
        Assert.Equal((1, "problem"), (exit, finding.GetProperty("level").GetString()));
        Assert.Contains("rh/permissions.yaml'", finding.GetProperty("mend").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("site")]
    [InlineData("site/objects")]
    [InlineData("link")]
    public async Task A_source_that_would_read_the_site_itself_is_refused(string folder)
    {
        await CreateAsync("file");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "link"), Path.Combine(_folder.FullName, "site"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "site-2"));

        var refused = await RunAsync("source", "add", "other", Path.Combine(_folder.FullName, folder));
        var added = await RunAsync("source", "add", "other", Path.Combine(_folder.FullName, "site-2"));

        Assert.Equal((3, 0), (refused.Exit, added.Exit));
        Assert.Contains("signing key", refused.Error, StringComparison.Ordinal);
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private async Task CreateAsync(string permissions)
    {
        await WriteAsync("source/permissions.yaml", "allow: [everyone]\n");
        await WriteAsync("source/rh/salaires.md", "# Salaires\n\nLa grille des salaires est révisée chaque année.\n");
        await WriteAsync("source/commun/cantine.md", "# Cantine\n\nLa cantine ouvre à midi.\n");
        foreach (var name in new[] { "", "rh", "commun" })
        {
            SetMode(name, "755");
        }

        if (Environment.IsPrivilegedProcess)
        {
            using var process = Process.Start("chown", ["-R", "65534:65534", _folder.FullName]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var (reached, _, _) = await RunAsync("init");
        Assert.SkipWhen(reached is not 0, "another account cannot reach the program");
        var folder = Path.Combine(_folder.FullName, "source");
        await RunAsync("source", "add", "source", folder, "--permissions", permissions);
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "site", "directory.yaml"),
            "users: [{ id: anna }]",
            TestContext.Current.CancellationToken);
    }

    private Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        TerroirCommand.RunUnprivilegedAsync(
            _folder.FullName,
            [.. arguments, "--data", Path.Combine(_folder.FullName, "site")]);

    private void SetMode(string name, string mode) => File.SetUnixFileMode(
        Path.Combine(_folder.FullName, "source", name),
        (UnixFileMode)Convert.ToInt32(mode, 8));

    private async Task WriteAsync(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
    }
}
