using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Cli.Output;

namespace Terroir.Cli.Commands;

/// <summary>Builds damaged index segments anew.</summary>
internal static class RepairCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what is wrong and change nothing." };
        return CommandLine.Create(
            "repair",
            "Reads every index segment and builds those that are damaged anew from the stored documents.",
            "terroir repair --dry-run",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var catalog = site.Services.GetRequiredService<ICatalog>();
                var isDryRun = parsed.GetValue(dryRun);
                if (!isDryRun)
                {
                    await OperatorLog.RecordAsync(site, "repair", stop);
                }

                var reports = new List<RepairReport>();
                foreach (var head in await catalog.ListHeadsAsync(stop))
                {
                    await using var writer = await catalog.OpenWriterAsync(head.Collection, stop);
                    reports.Add(await Waiting.WithMarkAsync(
                        $"Reading the segments of {head.Collection}",
                        () => writer.RepairAsync(isDryRun, stop)));
                }

                CommandLine.Print(
                    parsed,
                    new { dryRun = isDryRun, collections = reports },
                    Describe(reports, isDryRun));
                return IsWell(reports, isDryRun) ? ExitCode.Done : ExitCode.Failed;
            },
            dryRun);
    }

    // A segment of an older layout is read all the same.
    private static bool IsWell(IEnumerable<RepairReport> reports, bool isDryRun) =>
        reports.SelectMany(report => report.Segments).All(segment =>
            segment.Unreadable.Count == 0 && (!isDryRun || segment.Fault == SegmentFault.Outdated));

    private static IEnumerable<string> Describe(IReadOnlyList<RepairReport> reports, bool isDryRun)
    {
        foreach (var report in reports)
        {
            foreach (var segment in report.Segments)
            {
                var fault = segment.Fault switch
                {
                    SegmentFault.Missing => "is missing",
                    SegmentFault.Outdated => "was written by an older program",
                    _ => "is damaged",
                };
                yield return $"Segment {segment.Segment} of {report.Collection} {fault}: "
                    + $"{Terminal.Count(segment.DocumentCount, "document")} "
                    + (isDryRun ? "to be indexed anew." : "indexed anew.");
                foreach (var document in segment.Unreadable)
                {
                    yield return $"  Document {document} cannot be read either. Put its objects back from a backup, or "
                        + "change its file and run 'terroir sync'.";
                }
            }
        }

        var found = reports.Sum(report => report.Segments.Count);
        yield return $"{Terminal.Count(reports.Sum(report => report.SegmentCount), "segment")} read; {found} "
            + (isDryRun ? "to be repaired." : "repaired.");
    }
}
