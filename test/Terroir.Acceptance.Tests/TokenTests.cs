using System.Diagnostics;

namespace Terroir.Acceptance.Tests;

/// <summary>A site whose master key is wrapped by a token, here the one in software of SoftHSM.</summary>
public sealed class TokenTests : IDisposable
{
    private const string Module = "/usr/lib/softhsm/libsofthsm2.so";
    private const string Pin = "4711-terroir";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Site => In("site");

    private string KeyFile => Path.Combine(Site, "keys", "master.key");

    private Dictionary<string, string?> Token => new(StringComparer.Ordinal)
    {
        ["SOFTHSM2_CONF"] = In("softhsm2.conf"),
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_master_key_goes_into_a_token_and_a_backup_comes_back_with_it_alone()
    {
        await FillAsync();
        await RunAsync(Site, "key", "rotate", "--to", "token");

        Assert.False(File.Exists(KeyFile));
        Assert.Contains("in the token", await RunAsync(Site, "key", "show"), StringComparison.Ordinal);
        await AssertFoundAsync(Site);
        await RunAsync(Site, "key", "rotate");
        Assert.False(File.Exists(KeyFile));
        await RunAsync(Site, "backup", In("backup"));
        await RunAsync(In("back"), "restore", In("backup"));

        Assert.False(File.Exists(Path.Combine(In("back"), "keys", "master.key")));
        await AssertFoundAsync(In("back"));
    }

    [Fact]
    public async Task A_master_key_comes_out_of_a_token_again()
    {
        await FillAsync();
        await RunAsync(Site, "key", "rotate", "--to", "token");
        await RunAsync(Site, "backup", In("backup"));
        await RunAsync(Site, "key", "rotate", "--to", "file");
        await RunAsync(Site, "backup", In("backup"));
        await File.WriteAllTextAsync(Path.Combine(Site, "terroir.yaml"), "", Stop);

        Assert.Equal([KeyFile], Directory.GetFiles(Path.GetDirectoryName(KeyFile)!, "master.*"));
        await AssertFoundAsync(Site);
        await RunAsync(In("back"), "restore", In("backup"), "--master-key", KeyFile);
    }

    [Fact]
    public async Task Without_the_token_or_its_PIN_a_site_does_not_open_and_says_why()
    {
        await FillAsync();
        await RunAsync(Site, "key", "rotate", "--to", "token");

        await File.WriteAllTextAsync(In("pin"), "0000-wrong", Stop);
        var (exit, _, error) = await TryAsync(Site, "key", "show");
        Assert.NotEqual(0, exit);
        Assert.Contains("TER6010", error, StringComparison.Ordinal);
        Assert.Contains("PIN of 'tokenPin:'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("0000-wrong", error, StringComparison.Ordinal);

        Directory.Delete(In("tokens"), recursive: true);
        Directory.CreateDirectory(In("tokens"));
        (exit, _, error) = await TryAsync(Site, "key", "show");
        Assert.NotEqual(0, exit);
        Assert.Contains("no token with the label", error, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private async Task FillAsync()
    {
        Assert.SkipUnless(File.Exists(Module), "softhsm2 is not installed (eng/packages.txt).");
        Directory.CreateDirectory(In("tokens"));
        await File.WriteAllTextAsync(In("softhsm2.conf"), $"directories.tokendir = {In("tokens")}\n", Stop);
        await File.WriteAllTextAsync(In("pin"), Pin + "\n", Stop);
        var start = new ProcessStartInfo(
            "softhsm2-util",
            ["--init-token", "--free", "--label", "site", "--pin", Pin, "--so-pin", Pin])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["SOFTHSM2_CONF"] = In("softhsm2.conf");
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);

        Directory.CreateDirectory(In("files"));
        await File.WriteAllTextAsync(Path.Combine(In("files"), "permissions.yaml"), "allow: [everyone]\n", Stop);
        await File.WriteAllTextAsync(
            Path.Combine(In("files"), "a.md"),
            "# Note\n\nLe jetonzqx garde la clef.\n",
            Stop);
        await RunAsync(Site, "init");
        await File.WriteAllTextAsync(
            Path.Combine(Site, "directory.yaml"),
            "groups: []\nusers:\n  - id: nadia\n    name: Nadia\n",
            Stop);
        await RunAsync(Site, "source", "add", "files", In("files"));
        await RunAsync(Site, "sync");
        var settings = $"""
            protection:
              tokenModule: {Module}
              tokenLabel: site
              tokenPin: file:{In("pin")}

            """;
        await File.AppendAllTextAsync(Path.Combine(Site, "terroir.yaml"), settings, Stop);
    }

    private async Task AssertFoundAsync(string site)
    {
        var found = await RunAsync(site, "search", "jetonzqx", "--as", "nadia");
        Assert.Contains("garde la clef", found, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string site, params string[] arguments)
    {
        var (exit, output, error) = await TryAsync(site, arguments);
        Assert.True(exit == 0, $"terroir {string.Join(' ', arguments)}: {exit} {error}{output}");
        return output;
    }

    private Task<(int Exit, string Output, string Error)> TryAsync(string site, params string[] arguments) =>
        TerroirCommand.RunAsync([.. arguments, "--data", site], Token);
}
