using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Cli.Commands.Retention;
using Terroir.Cli.Output;
using Terroir.Retention;

namespace Terroir.Cli.Commands;

/// <summary>Shows and applies how long documents are kept.</summary>
internal static class RetentionCommand
{
    private const int DaysMax = 36_500;

    // One erasure rewrites all that held its documents, so that many at once cost little more than one.
    private const int CountMax = 10_000;

    public static Command Create()
    {
        var command = new Command("retention", "Shows and applies how long documents are kept.");
        command.Subcommands.Add(CreateShow());
        command.Subcommands.Add(CreateApply());
        return command;
    }

    private static Command CreateShow()
    {
        var days = new Option<int>("--days")
        {
            Description = "Also what ends in the next so many days.",
            DefaultValueFactory = _ => 30,
        };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 0 and <= DaysMax))
            {
                result.AddError($"--days is 0 to {DaysMax}.");
            }
        });
        return CommandLine.Create(
            "show",
            "Lists documents whose retention has ended or ends soon, and what keeps them.",
            "terroir retention show --days 90",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var until = TimeProvider.System.GetUtcNow().AddDays(parsed.GetValue(days));
                var found = await site.Services.GetRequiredService<RetentionSchedule>().ListAsync(until, stop);
                CommandLine.Print(
                    parsed,
                    new
                    {
                        documents = found.Select(item => new
                        {
                            collection = item.Address.Collection,
                            id = item.Address.Document,
                            source = item.Version.Source,
                            path = item.Version.Path,
                            rule = item.Rule.Name,
                            endsAt = item.EndsAt,
                            isDue = item.IsDue,
                            action = item.Rule.Action is RetentionAction.Erase ? "erase" : "review",
                            keptFor = item.KeptFor,
                        }),
                    },
                    [.. found.Select(Describe), $"{Terminal.Count(found.Count, "document")}."]);
                return ExitCode.Done;
            },
            days);
    }

    private static Command CreateApply() => CommandLine.Create(
        "apply",
        "Erases now what the rules with 'action: erase' end, as the server does each hour.",
        "terroir retention apply",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var run = new ErasureRun(parsed, site);
            var pending = await run.FinishPendingAsync(stop);
            var due = await site.Services.GetRequiredService<RetentionSchedule>().ListDueAsync(CountMax, stop);
            if (pending != ExitCode.Done || due.Count == 0)
            {
                CommandLine.Print(parsed, new { erased = 0 }, ["No retention that erases has ended."]);
                return pending;
            }

            return await run.EraseAsync(new ErasureRequest(due, "retention", ErasureBasis.Retention), stop);
        },
        ErasureRun.Backup,
        ErasureRun.KeepMasterKey,
        ErasureRun.Output);

    private static string Describe(ScheduledDocument item)
    {
        var day = item.EndsAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var what = item.KeptFor ?? (item.Rule.Action is RetentionAction.Erase
            ? item.IsDue ? "to be erased" : "will be erased"
            : "to be reviewed");
        return $"{day}  {item.Version.Source}:{item.Version.Path}  {item.Rule.Name}  {what}";
    }
}
