using System.Diagnostics;

namespace Terroir.Acceptance.Tests;

/// <summary>A site whose master key is wrapped by a token, here the one in software of SoftHSM.</summary>
public sealed class TokenTests : IDisposable
{
    private const string Module = "/usr/lib/softhsm/libsofthsm2.so";
    private const string Pin = "4711-terroir";
    private readonly Dictionary<string, string?> _environment = new(StringComparer.Ordinal);
    private readonly WrappedSite _site;

    public TokenTests()
    {
        _site = new WrappedSite(_environment);
        _environment["SOFTHSM2_CONF"] = _site.In("softhsm2.conf");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task A_master_key_goes_into_a_token_and_a_backup_comes_back_with_it_alone()
    {
        await FillAsync();
        await _site.RunAsync(_site.Site, "key", "rotate", "--to", "token");

        Assert.False(File.Exists(_site.KeyFile));
        Assert.Contains("in the token", await _site.RunAsync(_site.Site, "key", "show"), StringComparison.Ordinal);
        await _site.AssertFoundAsync(_site.Site);
        await _site.RunAsync(_site.Site, "key", "rotate");
        Assert.False(File.Exists(_site.KeyFile));
        await _site.RunAsync(_site.Site, "backup", _site.In("backup"));
        await _site.RunAsync(_site.In("back"), "restore", _site.In("backup"));

        Assert.False(File.Exists(Path.Combine(_site.In("back"), "keys", "master.key")));
        await _site.AssertFoundAsync(_site.In("back"));
    }

    [Fact]
    public async Task A_master_key_comes_out_of_a_token_again()
    {
        await FillAsync();
        await _site.RunAsync(_site.Site, "key", "rotate", "--to", "token");
        await _site.RunAsync(_site.Site, "backup", _site.In("backup"));
        await _site.RunAsync(_site.Site, "key", "rotate", "--to", "file");
        await _site.RunAsync(_site.Site, "backup", _site.In("backup"));
        await File.WriteAllTextAsync(_site.Settings, "", Stop);

        Assert.Equal([_site.KeyFile], Directory.GetFiles(Path.GetDirectoryName(_site.KeyFile)!, "master.*"));
        await _site.AssertFoundAsync(_site.Site);
        await _site.RunAsync(_site.In("back"), "restore", _site.In("backup"), "--master-key", _site.KeyFile);
    }

    [Fact]
    public async Task Without_the_token_or_its_PIN_a_site_does_not_open_and_says_why()
    {
        await FillAsync();
        await _site.RunAsync(_site.Site, "key", "rotate", "--to", "token");

        await File.WriteAllTextAsync(_site.In("pin"), "0000-wrong", Stop);
        var (exit, _, error) = await _site.TryAsync(_site.Site, "key", "show");
        Assert.NotEqual(0, exit);
        Assert.Contains("TER6010", error, StringComparison.Ordinal);
        Assert.Contains("PIN of 'tokenPin:'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("0000-wrong", error, StringComparison.Ordinal);

        Directory.Delete(_site.In("tokens"), recursive: true);
        Directory.CreateDirectory(_site.In("tokens"));
        (exit, _, error) = await _site.TryAsync(_site.Site, "key", "show");
        Assert.NotEqual(0, exit);
        Assert.Contains("no token with the label", error, StringComparison.Ordinal);
    }

    private async Task FillAsync()
    {
        Assert.SkipUnless(File.Exists(Module), "softhsm2 is not installed (eng/packages.txt).");
        Directory.CreateDirectory(_site.In("tokens"));
        await File.WriteAllTextAsync(
            _site.In("softhsm2.conf"),
            $"directories.tokendir = {_site.In("tokens")}\n",
            Stop);
        await File.WriteAllTextAsync(_site.In("pin"), Pin + "\n", Stop);
        var start = new ProcessStartInfo(
            "softhsm2-util",
            ["--init-token", "--free", "--label", "site", "--pin", Pin, "--so-pin", Pin])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["SOFTHSM2_CONF"] = _site.In("softhsm2.conf");
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
        await _site.FillAsync($"""
            protection:
              tokenModule: {Module}
              tokenLabel: site
              tokenPin: file:{_site.In("pin")}

            """);
    }
}
