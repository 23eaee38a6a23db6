using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Cli.Output;

namespace Terroir.Cli.Commands;

/// <summary>Checks the stores.</summary>
internal static class VerifyStoreCommand
{
    /// <summary>One damaged object can be the fault of thousands of documents.</summary>
    private const int ShownCount = 10;

    public static Command Create() => CommandLine.Create(
        "verify-store",
        "Reads and checks every object, manifest and document.",
        "terroir verify-store",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var maintenance = site.Services.GetRequiredService<ICatalogMaintenance>();
            var report = await Waiting.WithMarkAsync("Reading every object", () => maintenance.VerifyAsync(stop));
            var ledger = await site.Services.GetRequiredService<ILedgerMaintenance>().VerifyAsync(stop);
            report = report with { Problems = [.. report.Problems, .. ledger.Problems] };
            CommandLine.Print(
                parsed,
                report,
                [.. Describe(report), $"{Terminal.Count(ledger.Size, "event")} of the ledger checked."]);
            return report.Problems.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });

    private static IEnumerable<string> Describe(StoreReport report)
    {
        foreach (var problem in report.Problems.Take(ShownCount))
        {
            yield return problem;
        }

        if (report.Problems.Count > ShownCount)
        {
            yield return $"... and {report.Problems.Count - ShownCount} more; --json lists all.";
        }

        yield return $"{Terminal.Count(report.ObjectCount, "object")}, "
            + $"{Terminal.Count(report.DocumentCount, "document")} and "
            + $"{Terminal.Count(report.ManifestCount, "manifest")} checked; "
            + $"{Terminal.Count(report.Problems.Count, "problem")}.";
    }
}
