using System.CommandLine;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Serves the console and the API.</summary>
internal static class ServeCommand
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    public static Command Create()
    {
        var url = new Option<string>("--url") { DefaultValueFactory = _ => DefaultUrl, Description = "Where." };
        return CommandLine.Create(
            "serve",
            "Serves the console and the API. Example: terroir serve --url http://127.0.0.1:5080",
            (parsed, stop) => RunAsync(parsed.GetValue(CommandLine.Data)!, parsed.GetValue(url)!, isDemo: false, stop),
            url);
    }

    public static async Task<int> RunAsync(string folder, string url, bool isDemo, CancellationToken cancellationToken)
    {
        await using var app = await TerroirHost.BuildAsync(folder, url, isDemo, cancellationToken);
        await app.StartAsync(cancellationToken);
        await Console.Error.WriteLineAsync($"Listening on {url}; Ctrl-C stops.");
        await Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions.WaitForShutdownAsync(app,
            cancellationToken);
        return ExitCode.Done;
    }
}
