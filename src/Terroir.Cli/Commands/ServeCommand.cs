using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Serves the console and the API.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var url = new Option<string?>("--url")
        {
            Description = $"Where to listen; else what terroir.yaml says, or {ServerOptions.DefaultUrl}.",
        };
        var demo = new Option<bool>("--demo")
        {
            Description = "Let callers on this machine ask as anyone of the directory, without a key.",
        };
        return CommandLine.Create(
            "serve",
            "Serves the console and the API. Example: terroir serve --url http://127.0.0.1:5080",
            (parsed, stop) => RunAsync(
                parsed.GetValue(CommandLine.Data)!,
                parsed.GetValue(url),
                parsed.GetValue(demo),
                stop),
            url,
            demo);
    }

    public static async Task<int> RunAsync(string folder, string? url, bool isDemo, CancellationToken cancellationToken)
    {
        var site = SiteFolder.Find(folder) ?? throw new SiteMissingException(folder);
        var flags = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (url is not null)
        {
            flags["Terroir:Server:Url"] = url;
        }

        if (isDemo)
        {
            flags["Terroir:Server:Demo"] = "true";
        }

        await using var app = TerroirHost.Build(site, flags);
        await app.StartAsync(cancellationToken);
        await Console.Error.WriteLineAsync($"Listening on {string.Join(", ", app.Urls)}; Ctrl-C stops.");
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }
}
