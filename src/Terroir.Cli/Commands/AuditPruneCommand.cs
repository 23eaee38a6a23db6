using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Audit;
using Terroir.Cli.Output;
using Terroir.Server.Witnesses;

namespace Terroir.Cli.Commands;

/// <summary>Raises the least index of an event that the site publishes.</summary>
internal static class AuditPruneCommand
{
    public static Command Create()
    {
        var before = TimeOption.Create("--before", "Only events before this time: 2026-11-26.");
        before.Required = true;
        var isDry = new Option<bool>("--dry-run") { Description = "Tell what would be done, and change nothing." };
        return CommandLine.Create(
            "prune",
            "Ends the publication of old events under /tlog/. The site keeps them, and proves them as before.",
            "terroir audit prune --before 2016-01-01 --dry-run",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var pruning = site.Services.GetRequiredService<LedgerPruning>();
                var options = site.Services.GetRequiredService<IOptions<LedgerOptions>>().Value;
                var plan = await pruning.PlanAsync(parsed.GetValue(before)!.Value, options.PublishedFor, stop);
                var isDone = !parsed.GetValue(isDry) && plan.EventCount > 0;
                if (isDone)
                {
                    await pruning.RunAsync(plan, stop);
                }

                CommandLine.Print(parsed, new { plan, isDone }, Describe(plan, isDone));
                return ExitCode.Done;
            },
            before,
            isDry);
    }

    private static IEnumerable<string> Describe(PruningPlan plan, bool isDone)
    {
        if (plan.EventCount == 0)
        {
            yield return "Nothing goes out of sight: fewer than 256 more events are older than that and seen by the "
                + "witnesses.";
            yield break;
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Events {plan.CurrentIndex:N0} to {plan.Index - 1:N0} of {plan.Size:N0} {Verb(isDone)} published under "
            + $"/tlog/. The minimum index is {plan.Index:N0}.");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Receipts among them: {plan.ReceiptCount:N0}. This site keeps all events and goes on to give their "
            + $"proofs; proofs that were given hold as before.");
        yield return "Who has only the published log finds these events no more, and cannot follow its growth from a "
            + "state before them.";
    }

    private static string Verb(bool isDone) => isDone ? "are no longer" : "would no longer be";
}
