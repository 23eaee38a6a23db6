using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Serves the console and the API.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var url = CreateUrl($"Where to listen; else what terroir.yaml says, or {ServerOptions.DefaultUrl}.");
        var demo = new Option<bool>("--demo")
        {
            Description = "Let callers on this machine ask as anyone of the directory, without a key.",
        };
        return CommandLine.Create(
            "serve",
            "Serves the console and the API.",
            "terroir serve --url http://127.0.0.1:5080",
            (parsed, stop) => RunAsync(
                parsed.GetValue(CommandLine.Data)!,
                parsed.GetValue(url),
                parsed.GetValue(demo),
                stop),
            url,
            demo);
    }

    /// <summary>Makes the option that names where to listen.</summary>
    public static Option<string?> CreateUrl(string description)
    {
        var url = new Option<string?>("--url") { Description = description };
        url.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } value && ServerOptions.FindUrlFault(value) is { } fault)
            {
                result.AddError($"--url: {fault}");
            }
        });
        return url;
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

        using var held = SiteLock.TryTake(site);
        if (held is null)
        {
            return await CommandLine.FailAsync(
                $"Another server serves the site in '{site.Root}' already. Use that one, or stop it first.");
        }

        await using var app = TerroirHost.Build(site, flags);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (IsAddressFault(exception))
        {
            return await CommandLine.FailAsync(
                $"{exception.GetBaseException().Message}: {app.Configuration["Terroir:Server:Url"]} cannot be listened "
                + "on. Stop what listens there, or name another address with --url.");
        }

        await Console.Error.WriteLineAsync($"Listening on {string.Join(", ", app.Urls)}; Ctrl-C stops.");
        if (!app.Urls.All(address => new Uri(address).IsLoopback))
        {
            await Console.Error.WriteLineAsync(
                "Other machines reach it in the clear: questions, answers and keys. Listen on this machine only, "
                + "behind a proxy with TLS.");
        }

        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }

    private static bool IsAddressFault(Exception exception) =>
        exception.GetBaseException() is SocketException or AddressInUseException;
}
