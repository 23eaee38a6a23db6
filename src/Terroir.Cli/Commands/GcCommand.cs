using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Cli.Output;

namespace Terroir.Cli.Commands;

/// <summary>Deletes what nothing needs.</summary>
internal static class GcCommand
{
    private const double GraceHours = 24;

    public static Command Create()
    {
        var grace = new Option<double>("--grace")
        {
            Description = "Leave what was let go in the last so many hours.",
            DefaultValueFactory = _ => GraceHours,
        };
        grace.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 87_600))
            {
                result.AddError("--grace is a number of hours from 0.");
            }
        });
        return CommandLine.Create(
            "gc",
            "Deletes objects that nothing needs.",
            "terroir gc --grace 24",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                await OperatorLog.RecordAsync(site, "gc", stop);
                var maintenance = site.Services.GetRequiredService<ICatalogMaintenance>();
                var deleted = await Waiting.WithMarkAsync(
                    "Looking for what nothing needs",
                    () => maintenance.CollectGarbageAsync(TimeSpan.FromHours(parsed.GetValue(grace)), stop));
                CommandLine.Print(
                    parsed,
                    new { deleted = deleted.Count },
                    [$"{Terminal.Count(deleted.Count, "object")} deleted."]);
                return ExitCode.Done;
            },
            grace);
    }
}
