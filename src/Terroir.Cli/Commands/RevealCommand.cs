using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Answers.Redaction;
using Terroir.Protection.Vault;
using Terroir.Server.Callers;

namespace Terroir.Cli.Commands;

/// <summary>Says what a pseudonym stands for, to an auditor whom the policies let know it.</summary>
internal static class RevealCommand
{
    public static Command Create()
    {
        var pseudonym = new Argument<string>("pseudonym")
        {
            Description = "The case that the answer's notice names, and the pseudonym: 6a5f0c1e9d3b4a7788ff/PERSON_1.",
        };
        var reason = new Option<string>("--reason")
        {
            Description = "Why, in 10 to 500 characters; it is kept with the entry of the ledger.",
            Required = true,
        };
        return CommandLine.Create(
            "reveal",
            "Says what a pseudonym stands for, if the policies permit it; every request is in the ledger.",
            "terroir pii reveal 6a5f0c1e9d3b4a7788ff/PERSON_1 --as nadia.benali --reason \"demande 2026-114 du DPO\"",
            (parsed, stop) => RunAsync(
                parsed,
                parsed.GetValue(pseudonym)!,
                parsed.GetValue(reason)!.Trim(),
                stop),
            pseudonym,
            AskCommand.As,
            reason);
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        string text,
        string reason,
        CancellationToken stop)
    {
        if (PseudonymReference.TryParse(text) is not { } pseudonym)
        {
            return await CommandLine.RefuseAsync(
                $"'{text}' is no pseudonym. Write the case and the name: 6a5f0c1e9d3b4a7788ff/PERSON_1.");
        }

        if (reason.Length is < PseudonymReveal.ReasonLengthMin or > PseudonymReveal.ReasonLengthMax)
        {
            return await CommandLine.RefuseAsync("Give a reason of 10 to 500 characters with --reason.");
        }

        await using var site = CommandLine.Open(parsed);
        if (await AskCommand.FindAsync(site, parsed.GetValue(AskCommand.As)!, stop) is not { } asker)
        {
            return await AskCommand.RefuseUserAsync(parsed.GetValue(AskCommand.As)!);
        }

        var revealed = await site.Services.GetRequiredService<PseudonymReveal>().RevealAsync(
            asker,
            AskCommand.RolesOf(site, asker).HasFlag(Roles.Auditor),
            pseudonym,
            reason,
            stop);
        if (!revealed.IsAllowed)
        {
            return await CommandLine.RefuseAsync(
                "This is not permitted, and the ledger has the request. It takes a member of the auditors' group, and "
                + "a policy that permits them the action 'reveal'.");
        }

        if (revealed.Value is not { } value)
        {
            return await CommandLine.RefuseAsync(
                $"There is no such pseudonym: '{pseudonym}' was never given, is too old, or was erased.");
        }

        CommandLine.Print(
            parsed,
            new { pseudonym = pseudonym.ToString(), kind = pseudonym.Kind, value, policies = revealed.Policies },
            [value]);
        return ExitCode.Done;
    }
}
