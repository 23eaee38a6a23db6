using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Storage;

namespace Terroir.Cli.Commands;

/// <summary>Says what is published and what is in quarantine.</summary>
internal static class StatusCommand
{
    public static Command Create() => CommandLine.Create(
        "status",
        "Lists collections, sources and the quarantine. Example: terroir status",
        async (parsed, stop) =>
        {
            await using var site = await CommandLine.OpenAsync(parsed, stop);
            var metastore = site.Services.GetRequiredService<IMetastore>();
            var collections = await metastore.Catalog.ListHeadsAsync(stop);
            var sources = await metastore.Sources.ListSourcesAsync(stop);
            var quarantine = await metastore.Sources.ListQuarantineAsync(stop);
            CommandLine.Print(
                parsed,
                new { collections, sources, quarantine },
                [
                    .. collections.Select(head => $"collection {head.Collection}: generation {head.Generation}"),
                    .. sources.Select(source => $"source {source.Id}: {source.HeldReason ?? "ok"}"),
                    .. quarantine.Select(item =>
                        $"quarantine {item.Key.Path}: {item.Quarantine!.Reason}. {item.Quarantine.Advice}"),
                ]);
            return ExitCode.Done;
        });
}
