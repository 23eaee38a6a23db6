using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Ingestion;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Commands;

/// <summary>Reads the sources.</summary>
internal static class SyncCommand
{
    public static Command Create()
    {
        var source = new Argument<string?>("source")
        {
            Description = "The source; all if it is left out.",
            DefaultValueFactory = _ => null,
        };
        var accept = new Option<bool>("--accept-loss") { Description = "Accept that many files are gone." };
        return CommandLine.Create(
            "sync",
            "Reads what is new, changed or gone. Example: terroir sync rh",
            (parsed, stop) => RunAsync(
                parsed,
                parsed.GetValue(source),
                new SyncOptions { AcceptLoss = parsed.GetValue(accept) },
                stop),
            source,
            accept);
    }

    public static async Task<int> RunAsync(
        ParseResult parsed,
        string? source,
        SyncOptions options,
        CancellationToken cancellationToken)
    {
        await using var site = CommandLine.Open(parsed);
        var names = source is not null
            ? [source]
            : (await site.Services.GetRequiredService<IMetastore>().Sources.ListSourcesAsync(cancellationToken))
                .Select(item => item.Id).ToArray();
        var reports = new List<SyncReport>();
        foreach (var name in names)
        {
            reports.Add(await SyncAsync(site, name, options, cancellationToken));
        }

        CommandLine.Print(
            parsed,
            new { reports },
            reports.Count > 0
                ? reports.Select(Describe)
                : ["There is no source. Next: terroir source add NAME FOLDER"]);
        return reports.Exists(report => report.HeldReason is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>Reads one source; a person who watches sees how far it is.</summary>
    public static Task<SyncReport> SyncAsync(
        Site site,
        string source,
        SyncOptions options,
        CancellationToken cancellationToken)
    {
        var progress = Console.IsErrorRedirected
            ? null
            : new Progress<SyncProgress>(step =>
                Console.Error.WriteLine($"{step.DoneCount}/{step.FileCount} files read"));
        return site.Services.GetRequiredService<ISynchronizer>()
            .SyncAsync(source, options, progress, cancellationToken);
    }

    private static string Describe(SyncReport report) => report.HeldReason is { } reason
        ? $"{report.Source}: stopped. {reason}"
        : $"{report.Source}: {report.AddedCount} added, {report.ChangedCount} changed, {report.MovedCount} moved, "
            + $"{report.RemovedCount} removed, {report.StampedCount} with other permissions, "
            + $"{report.UnchangedCount} unchanged, {report.QuarantinedCount} in quarantine; "
            + $"generation {report.Generation}";
}
