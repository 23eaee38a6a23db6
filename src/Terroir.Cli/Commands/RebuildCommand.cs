using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Cli.Output;

namespace Terroir.Cli.Commands;

/// <summary>Puts a lost metastore back.</summary>
internal static class RebuildCommand
{
    public static Command Create() => CommandLine.Create(
        "rebuild",
        "Puts a lost metastore back from the signed manifests.",
        "terroir rebuild",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var maintenance = site.Services.GetRequiredService<ICatalogMaintenance>();
            var heads = await Waiting.WithMarkAsync("Reading the manifests", () => maintenance.RebuildAsync(stop));
            CommandLine.Print(
                parsed,
                new { collections = heads },
                heads.Count > 0
                    ? heads.Select(head => $"{head.Collection} is back at generation {head.Generation}.")
                    : ["Nothing was lost: every collection is there."]);
            return ExitCode.Done;
        });
}
