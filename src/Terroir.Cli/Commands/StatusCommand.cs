using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Shows collections, sources and quarantine.</summary>
internal static class StatusCommand
{
    public static Command Create() => CommandLine.Create(
        "status",
        "Shows collections, sources and files in quarantine. Example: terroir status --json",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var status = await site.Services.GetRequiredService<SiteStatusReader>().ReadAsync(stop);
            CommandLine.Print(parsed, status,
            [
                $"{status.Product} in {site.Folder.Root}",
                .. status.Collections.Select(item =>
                    $"collection {item.Name}: {item.Documents} documents, {item.Passages} passages, "
                    + $"{item.Segments} segments, generation {item.Generation}"),
                .. status.Sources.Select(item =>
                    $"source {item.Name}: {item.Location}, {item.HeldReason ?? Describe(item.SyncedAt)}"),
                .. status.Quarantine.Select(item =>
                    $"quarantine {item.Source}: {item.Path}: {item.Reason}. {item.Advice}"),
            ]);
            return ExitCode.Done;
        });

    private static string Describe(DateTimeOffset? syncedAt) =>
        syncedAt is { } time ? $"read {time:yyyy-MM-dd HH:mm} UTC" : "not read yet; next: terroir sync";
}
