using System.Diagnostics;

namespace Terroir.Acceptance.Tests;

/// <summary>A site that is served by a process of its own; it is killed if it still runs in the end.</summary>
/// <param name="Process">The process.</param>
/// <param name="Address">Where it listens.</param>
internal sealed record ServedSite(Process Process, Uri Address) : IDisposable
{
    private const string Listening = "Listening on ";

    /// <summary>Serves a site on a free port of this machine.</summary>
    /// <param name="site">Its folder.</param>
    public static async Task<ServedSite> StartAsync(string site)
    {
        var process = TerroirCommand.Start(
            ["serve", "--data", site, "--url", "http://127.0.0.1:0"],
            new Dictionary<string, string?>(StringComparer.Ordinal));
        var line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith(Listening, line, StringComparison.Ordinal);
        return new ServedSite(process, new Uri(line![Listening.Length..].Split(';')[0]));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
        }

        Process.Dispose();
    }
}
