using System.CommandLine;
using System.Globalization;
using Terroir.Access;
using Terroir.Cli.Output;
using Terroir.Provenance.Events;

namespace Terroir.Cli.Commands.Identity;

/// <summary>Shows and ends sessions of the console.</summary>
internal static class SessionCommand
{
    private const int ShownDigits = 12;

    public static Command Create()
    {
        var command = new Command("session", "Shows and ends sessions of the console.");
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateRevoke());
        return command;
    }

    private static Command CreateList() => CommandLine.Create(
        "list",
        "Lists the sessions that have not ended.",
        "terroir session list",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var sessions = UserCommand.StoreOf(site).ListSessions()
                .Select(session => new
                {
                    id = session.Id.Hex[..ShownDigits],
                    session.User,
                    session.Method,
                    session.StartedAt,
                    session.ExpiresAt,
                })
                .ToArray();
            CommandLine.Print(
                parsed,
                new { sessions },
                [
                    .. sessions.Select(session => string.Create(
                        CultureInfo.InvariantCulture,
                        $"{session.id}  {session.User}  {session.Method}  since {session.StartedAt:yyyy-MM-dd HH:mm}, "
                        + $"until {session.ExpiresAt:yyyy-MM-dd HH:mm} UTC")),
                    $"{Terminal.Count(sessions.Length, "session")}.",
                ]);
            return ExitCode.Done;
        });

    private static Command CreateRevoke()
    {
        var user = UserCommand.CreateUser();
        return CommandLine.Create(
            "revoke",
            "Ends all sessions of a user at once. They may sign in again: 'terroir user disable' keeps them out.",
            "terroir session revoke nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var id = parsed.GetValue(user)!;
                if (!UserCommand.Knows(site, Principal.User(id)) && !UserCommand.IsKept(site, id))
                {
                    return await UserCommand.RefuseAsync(id);
                }

                await OperatorLog.RecordAsync(
                    site, EventKinds.SessionsEnded, Principal.User(id), "session revoke", stop);
                var count = await UserCommand.StoreOf(site).EndSessionsAsync(id, stop);
                CommandLine.Print(
                    parsed,
                    new { user = id, ended = count },
                    [$"{Terminal.Count(count, "session")} of {id} ended."]);
                return ExitCode.Done;
            },
            user);
    }
}
