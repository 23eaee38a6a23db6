using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Cli.Output;

namespace Terroir.Cli.Commands;

/// <summary>Checks the stores.</summary>
internal static class VerifyStoreCommand
{
    public static Command Create() => CommandLine.Create(
        "verify-store",
        "Reads and checks every object, manifest and document. Example: terroir verify-store",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var maintenance = site.Services.GetRequiredService<ICatalogMaintenance>();
            var report = await Waiting.WithMarkAsync("Reading every object", () => maintenance.VerifyAsync(stop));
            CommandLine.Print(parsed, report, report.Problems.Append(
                $"{report.ObjectCount} objects, {report.DocumentCount} documents and {report.ManifestCount} manifests "
                + $"checked; {report.Problems.Count} problems."));
            return report.Problems.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
}
