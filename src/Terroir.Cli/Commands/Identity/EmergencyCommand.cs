using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Cli.Output;
using Terroir.Server.Emergency;
using Terroir.Storage;

namespace Terroir.Cli.Commands.Identity;

/// <summary>Shows and ends accesses in an emergency.</summary>
internal static class EmergencyCommand
{
    public static Command Create()
    {
        var command = new Command("emergency", "Shows and ends accesses in an emergency.");
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateEnd());
        return command;
    }

    private static Command CreateList() => CommandLine.Create(
        "list",
        "Lists the accesses in an emergency that are open, and those that ended in the last 30 days.",
        "terroir emergency list",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var now = TimeProvider.System.GetUtcNow();
            var openings = site.Services.GetRequiredService<EmergencyAccess>().List(user: null)
                .Select(opening => new
                {
                    opening.Id,
                    opening.User,
                    opening.Group,
                    openedAt = opening.StartedAt,
                    opening.EndsAt,
                    isOpen = opening.EndsAt > now,
                    endedBy = opening.EndsAt > now ? null : opening.EndedBy,
                })
                .ToArray();
            CommandLine.Print(
                parsed,
                new { openings },
                [
                    .. openings.Select(opening => string.Create(
                        CultureInfo.InvariantCulture,
                        $"{opening.User}  {opening.Group}  since {opening.openedAt:yyyy-MM-dd HH:mm}, "
                        + $"{(opening.isOpen ? "open until" : $"ended by {opening.endedBy} at")} "
                        + $"{opening.EndsAt:yyyy-MM-dd HH:mm} UTC")),
                    $"{Terminal.Count(openings.Length, "opening")}.",
                ]);
            return ExitCode.Done;
        });

    private static Command CreateEnd()
    {
        var user = UserCommand.CreateUser();
        return CommandLine.Create(
            "end",
            "Ends what a user has open because of an emergency, at once. They may open it again: "
                + "'terroir user disable' keeps them out.",
            "terroir emergency end nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var id = parsed.GetValue(user)!;
                var ended = await site.Services.GetRequiredService<EmergencyAccess>()
                    .EndAsync(id, group: null, EmergencyOpening.ByOperator, stop);
                if (ended.Count == 0)
                {
                    return await CommandLine.RefuseAsync($"'{id}' has no access open. See 'terroir emergency list'.");
                }

                CommandLine.Print(
                    parsed,
                    new { user = id, ended = ended.Select(opening => opening.Group) },
                    ended.Select(opening => $"{id} belongs to {opening.Group} no more."));
                return ExitCode.Done;
            },
            user);
    }
}
