using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Cli.Output;
using Terroir.Provenance.Events;

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
            var events = await site.Services.GetRequiredService<ILedgerMaintenance>().RebuildAsync(stop);
            var heads = await Waiting.WithMarkAsync("Reading the manifests", () => maintenance.RebuildAsync(stop));
            if (heads.Count > 0 || events > 0)
            {
                await OperatorLog.RecordAsync(site, EventKinds.Restored, subject: null, "rebuild", stop);
            }

            CommandLine.Print(
                parsed,
                new { collections = heads, events },
                heads.Count > 0
                    ? heads.Select(head => $"{head.Collection} is back at generation {head.Generation}.")
                        .Append($"{Terminal.Count(events, "event")} of the ledger are back.")
                    : ["Nothing was lost: every collection is there."]);
            return ExitCode.Done;
        });
}
