using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Answers.Approvals;
using Terroir.Cli.Output;
using Terroir.Server.Callers;
using Terroir.Server.Endpoints;

namespace Terroir.Cli.Commands;

/// <summary>Lists the requests for approval, and decides on them.</summary>
internal static class ApprovalCommand
{
    public static Command Create()
    {
        var command = new Command(
            "approval",
            "Decides whether a model may see passages, where the policies ask a person.");
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateDecision(
            "approve",
            "Lets the model see the passages of a request for 24 hours.",
            isApproved: true));
        command.Subcommands.Add(CreateDecision(
            "refuse",
            "Keeps the passages of a request from the model.",
            isApproved: false));
        return command;
    }

    private static Command CreateList() => CommandLine.Create(
        "list",
        "Lists the requests that have not ended, the oldest first.",
        "terroir approval list",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var found = await site.Services.GetRequiredService<IApprovals>().ListAsync(user: null, stop);
            CommandLine.Print(
                parsed,
                new ApprovalList([.. found.Select(ApprovalResponse.From)]),
                found.Count == 0 ? ["No requests."] : found.SelectMany(Describe));
            return ExitCode.Done;
        });

    private static Command CreateDecision(string name, string description, bool isApproved)
    {
        var id = new Argument<string>("id") { Description = "The request, as 'terroir approval list' names it." };
        var reason = new Option<string>("--reason")
        {
            Description = "Why, in up to 500 characters; it is kept with the entry of the ledger.",
            DefaultValueFactory = _ => "",
        };
        return CommandLine.Create(
            name,
            description,
            $"terroir approval {name} 6a5f0c1e9d3b4a7788ff --as ines.caron",
            (parsed, stop) => DecideAsync(
                parsed,
                parsed.GetValue(id)!,
                isApproved,
                parsed.GetValue(reason)!.Trim(),
                stop),
            id,
            AskCommand.As,
            reason);
    }

    private static async Task<int> DecideAsync(
        ParseResult parsed,
        string id,
        bool isApproved,
        string reason,
        CancellationToken stop)
    {
        if (reason.Length > IApprovals.ReasonLengthMax)
        {
            return await CommandLine.RefuseAsync("A reason has up to 500 characters.");
        }

        await using var site = CommandLine.Open(parsed);
        if (await AskCommand.FindAsync(site, parsed.GetValue(AskCommand.As)!, stop) is not { } decider)
        {
            return await AskCommand.RefuseUserAsync(parsed.GetValue(AskCommand.As)!);
        }

        if (!AskCommand.RolesOf(site, decider).HasFlag(Roles.Steward))
        {
            return await CommandLine.RefuseAsync(
                "Only a steward decides: a member of the group that 'Terroir:Server:StewardGroup' names.");
        }

        var outcome = await site.Services.GetRequiredService<IApprovals>()
            .DecideAsync(decider, id, isApproved, reason, stop);
        if (outcome != ApprovalOutcome.Decided)
        {
            return await CommandLine.RefuseAsync(outcome switch
            {
                ApprovalOutcome.Absent => "There is no such request. 'terroir approval list' names them.",
                ApprovalOutcome.DecidedBefore => "Somebody decided on it before. 'terroir approval list' says what.",
                ApprovalOutcome.OwnRequest => "Nobody decides on their own request: name another steward with --as.",
                _ => throw new UnreachableException(),
            });
        }

        CommandLine.Print(
            parsed,
            new { id, state = isApproved ? "approved" : "refused" },
            [isApproved ? $"Approved {id} for 24 hours." : $"Refused {id}."]);
        return ExitCode.Done;
    }

    private static IEnumerable<string> Describe(ApprovalRequest request)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Id}  {Terminal.Clean(request.User)}  {request.State}  until {request.Until:yyyy-MM-dd HH:mm}");
        yield return $"  {request.Model} at {request.Endpoint}, {Terminal.Count(request.Documents.Count, "document")}, "
            + $"{request.Labels.Classification}{Describe("personal data", request.Labels.Personal)}"
            + $"{Describe("countries", request.Labels.Countries)}{Describe("contracts", request.Labels.Contracts)}"
            + $"{(request.Purpose.Length > 0 ? $", for {request.Purpose}" : "")}";
        yield return $"  policies: {string.Join(", ", request.Policies)}"
            + (request.DecidedBy is null ? "" : $"; decided by {request.DecidedBy}");
    }

    private static string Describe(string name, IReadOnlyList<string>? values) =>
        values is null or { Count: 0 } ? "" : $", {name}: {string.Join(" ", values)}";
}
