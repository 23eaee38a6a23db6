using System.Diagnostics;
using System.Globalization;

namespace Terroir.Acceptance.Tests;

/// <summary>A site whose master key is sealed by a TPM, here the one in software of swtpm.</summary>
public sealed class TpmTests : IAsyncLifetime
{
    private const string Program = "/usr/bin/swtpm";
    private const string Tools = "/usr/bin/tpm2_unseal";
    private readonly WrappedSite _site = new(new Dictionary<string, string?>(StringComparer.Ordinal));
    private Process? _tpm;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Device => $"swtpm:path={_site.In("socket")}";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists(Program), "swtpm is not installed (eng/packages.txt).");
        Assert.SkipUnless(File.Exists(Tools), "tpm2-tools is not installed (eng/packages.txt).");
        await StartAsync("state");
        await _site.FillAsync($"protection:\n  tpmPcrs: sha256:0,7\n  tpmDevice: {Device}\n");
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _site.Dispose();
    }

    [Fact]
    public async Task A_master_key_is_sealed_and_a_backup_opens_on_this_machine_alone()
    {
        await _site.RunAsync(_site.Site, "key", "rotate", "--to", "token");

        Assert.False(File.Exists(_site.KeyFile));
        await _site.AssertFoundAsync(_site.Site);
        await _site.RunAsync(_site.Site, "backup", _site.In("backup"));
        await _site.RunAsync(_site.In("back"), "restore", _site.In("backup"));
        await _site.AssertFoundAsync(_site.In("back"));

        await EndAsync();
        await StartAsync("another");
        var (exit, _, error) = await _site.TryAsync(_site.Site, "key", "show");
        Assert.NotEqual(0, exit);
        Assert.Contains("it is another TPM", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_another_start_of_the_machine_it_stays_sealed_and_an_export_brings_the_keys_back()
    {
        await File.WriteAllTextAsync(_site.In("pass"), "correct horse battery staple\n", Stop);
        await _site.RunAsync(_site.Site, "key", "rotate", "--to", "token");
        await _site.RunAsync(_site.Site, "key", "export", _site.In("keys.json"), "--passphrase", _site.In("pass"));

        await RunAsync("tpm2_pcrextend", "-T", Device, $"7:sha256={new string('1', 64)}");
        var (exit, _, error) = await _site.TryAsync(_site.Site, "key", "show");
        Assert.NotEqual(0, exit);
        Assert.Contains("TER6010", error, StringComparison.Ordinal);
        Assert.Contains("another start of the machine", error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(_site.In("master"), new string('a', 64), Stop);
        await File.WriteAllTextAsync(_site.Settings, $"protection:\n  masterKey: file:{_site.In("master")}\n", Stop);
        await _site.RunAsync(_site.Site, "key", "import", _site.In("keys.json"), "--passphrase", _site.In("pass"));
        await _site.AssertFoundAsync(_site.Site);
    }

    [Fact]
    public async Task A_machine_without_a_TPM_says_so_and_keeps_the_key_where_it_is()
    {
        await EndAsync();

        var (exit, _, error) = await _site.TryAsync(_site.Site, "key", "rotate", "--to", "token");

        Assert.NotEqual(0, exit);
        Assert.Contains($"there is no TPM at '{Device}'", error, StringComparison.Ordinal);
        Assert.True(File.Exists(_site.KeyFile));
        await _site.AssertFoundAsync(_site.Site);
    }

    // It is ready when it prints its number to the file; that comes after its socket.
    private async Task StartAsync(string state)
    {
        Directory.CreateDirectory(_site.In(state));
        File.Delete(_site.In("socket"));
        var ready = _site.In($"{state}.pid");
        _tpm = Start(
            "swtpm",
            "socket",
            "--tpm2",
            "--tpmstate",
            $"dir={_site.In(state)}",
            "--server",
            $"type=unixio,path={_site.In("socket")}",
            "--ctrl",
            $"type=unixio,path={_site.In("socket")}.ctrl",
            "--flags",
            "not-need-init,startup-clear",
            "--pid",
            $"file={ready}");
        using var watch = new FileSystemWatcher(_site.In(""), Path.GetFileName(ready));
        while (!File.Exists(ready) || (await File.ReadAllTextAsync(ready, Stop)).Length == 0)
        {
            watch.WaitForChanged(WatcherChangeTypes.All, TimeSpan.FromMilliseconds(100));
            Assert.False(_tpm.HasExited);
        }
    }

    private async Task EndAsync()
    {
        if (_tpm is not null)
        {
            _tpm.Kill();
            await _tpm.WaitForExitAsync(CancellationToken.None);
            _tpm.Dispose();
            _tpm = null;
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync(Stop);
        Assert.True(
            process.ExitCode == 0,
            string.Create(CultureInfo.InvariantCulture, $"{program}: {process.ExitCode}"));
    }

    // What it says goes nowhere: swtpm tells of each program that came and went.
    private static Process Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
