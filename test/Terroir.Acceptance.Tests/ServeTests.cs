using System.Diagnostics;
using System.Net;

namespace Terroir.Acceptance.Tests;

/// <summary>The server as an operator starts and stops it.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Site => Path.Combine(_folder.FullName, "site");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("-TERM")]
    [InlineData("-INT")]
    public async Task A_signal_ends_the_server_and_lets_its_site_go(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are those of Unix");
        Assert.Equal(0, (await TerroirCommand.RunAsync("init", "--data", Site)).Exit);
        using var server = await ServedSite.StartAsync(Site);
        using var client = new HttpClient { BaseAddress = server.Address };

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("readyz", Stop)).StatusCode);
        await KillAsync(signal, server.Process);
        await server.Process.WaitForExitAsync(Stop);
        using var next = await ServedSite.StartAsync(Site);
        await KillAsync(signal, next.Process);
        await next.Process.WaitForExitAsync(Stop);

        Assert.Equal(0, server.Process.ExitCode);
        Assert.Equal(0, next.Process.ExitCode);
    }

    [Fact]
    public async Task A_second_server_of_a_site_or_an_address_says_what_is_in_its_way()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are those of Unix");
        var other = Path.Combine(_folder.FullName, "other");
        Assert.Equal(0, (await TerroirCommand.RunAsync("init", "--data", Site)).Exit);
        Assert.Equal(0, (await TerroirCommand.RunAsync("init", "--data", other)).Exit);
        using var server = await ServedSite.StartAsync(Site);

        var sameSite = await TerroirCommand.RunAsync("serve", "--data", Site, "--url", "http://127.0.0.1:0");
        var samePort = await TerroirCommand.RunAsync(
            "serve", "--data", other, "--url", server.Address.GetLeftPart(UriPartial.Authority));
        var beside = await TerroirCommand.RunAsync("status", "--data", Site);
        await KillAsync("-TERM", server.Process);
        await server.Process.WaitForExitAsync(Stop);

        Assert.Equal(1, sameSite.Exit);
        Assert.Contains("Another server", sameSite.Error, StringComparison.Ordinal);
        Assert.Equal(1, samePort.Exit);
        Assert.Contains("--url", samePort.Error, StringComparison.Ordinal);
        Assert.Single(samePort.Error.Trim().Split('\n'));
        Assert.Equal(0, beside.Exit);
    }

    private static async Task KillAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
        await kill.WaitForExitAsync(Stop);
        Assert.Equal(0, kill.ExitCode);
    }
}
