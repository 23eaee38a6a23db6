using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Answers.Conversations;
using Terroir.Cli.Output;
using Terroir.Server.Endpoints;

namespace Terroir.Cli.Commands;

/// <summary>Lists, shows and deletes the conversations of a person.</summary>
internal static class ConversationCommand
{
    private const string Absent = "There is no such conversation of that person.";

    public static Command Create()
    {
        var command = new Command("conversation", "Manages the conversations of a person.");
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateShow());
        command.Subcommands.Add(CreateDelete());
        return command;
    }

    private static Command CreateList() => CommandLine.Create(
        "list",
        "Lists the conversations of a person, the latest first.",
        "terroir conversation list --as nadia.benali",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            if (await AskCommand.FindAsync(site, parsed.GetValue(AskCommand.As)!, stop) is not { } asker)
            {
                return await AskCommand.RefuseUserAsync(parsed.GetValue(AskCommand.As)!);
            }

            var found = site.Services.GetRequiredService<IConversations>().List(asker);
            CommandLine.Print(
                parsed,
                new ConversationList([.. found.Select(ConversationLine.From)]),
                found.Count == 0
                    ? ["No conversations. Begin one with 'terroir ask --conversation new'."]
                    : found.Select(item => string.Create(
                        CultureInfo.InvariantCulture,
                        $"{item.Id}  {item.ChangedAt:yyyy-MM-dd HH:mm}  {Terminal.Count(item.TurnCount, "turn")}  "
                        + $"{item.Title}")));
            return ExitCode.Done;
        },
        AskCommand.As);

    private static Command CreateShow()
    {
        var id = CreateId();
        return CommandLine.Create(
            "show",
            "Shows a conversation.",
            "terroir conversation show 0123456789abcdef0123456789abcdef --as nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                if (await AskCommand.FindAsync(site, parsed.GetValue(AskCommand.As)!, stop) is not { } asker)
                {
                    return await AskCommand.RefuseUserAsync(parsed.GetValue(AskCommand.As)!);
                }

                var conversations = site.Services.GetRequiredService<IConversations>();
                if (await conversations.FindAsync(asker, parsed.GetValue(id)!, stop) is not { } found)
                {
                    return await CommandLine.RefuseAsync(Absent);
                }

                CommandLine.Print(parsed, ConversationResponse.From(found), found.Turns.SelectMany(Describe));
                return ExitCode.Done;
            },
            id,
            AskCommand.As);
    }

    private static Command CreateDelete()
    {
        var id = CreateId();
        return CommandLine.Create(
            "delete",
            "Deletes a conversation for good.",
            "terroir conversation delete 0123456789abcdef0123456789abcdef --as nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                if (await AskCommand.FindAsync(site, parsed.GetValue(AskCommand.As)!, stop) is not { } asker)
                {
                    return await AskCommand.RefuseUserAsync(parsed.GetValue(AskCommand.As)!);
                }

                var text = parsed.GetValue(id)!;
                if (!site.Services.GetRequiredService<IConversations>().Delete(asker, text))
                {
                    return await CommandLine.RefuseAsync(Absent);
                }

                CommandLine.Print(parsed, new { deleted = text }, [$"Deleted conversation {text}."]);
                return ExitCode.Done;
            },
            id,
            AskCommand.As);
    }

    private static Argument<string> CreateId() =>
        new("id") { Description = "The conversation, as 'terroir conversation list' names it." };

    private static IEnumerable<string> Describe(ConversationTurn turn)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{turn.At:yyyy-MM-dd HH:mm}  {turn.Asked}");
        if (!string.Equals(turn.Asked, turn.Query, StringComparison.Ordinal))
        {
            yield return $"  answered as: {turn.Query}";
        }

        yield return turn.IsKeptBack
            ? "  (kept back: a document that it cites was changed, deleted or revoked since)"
            : $"  {turn.Answer}";
    }
}
