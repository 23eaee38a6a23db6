using System.CommandLine;
using System.Globalization;
using Terroir.Access;
using Terroir.Cli.Output;
using Terroir.Provenance.Events;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Commands.Identity;

/// <summary>Manages the groups that the site itself keeps.</summary>
internal static class GroupCommand
{
    private static readonly Option<DateTimeOffset?> Until = TimeOption.Create(
        "--until",
        "When the membership ends by itself, in UTC: 2027-01-31, or 2027-01-31T18:00:00Z.");

    public static Command Create()
    {
        var command = new Command("group", "Manages groups of the site's own store.");
        command.Subcommands.Add(CreateChange("add", "Adds a group without members.", FaultOfAdding, AddAsync));
        command.Subcommands.Add(CreateJoin());
        command.Subcommands.Add(CreateLeave());
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateChange("remove", "Removes a group.", FaultOfNaming, RemoveAsync));
        return command;
    }

    private static Argument<string> CreateGroup() => new("group") { Description = "The id of the group." };

    private static Argument<string> CreateMember() => new("member") { Description = "user:ID or group:ID." };

    private static Command CreateChange(
        string verb,
        string description,
        Func<Site, string, string?> findFault,
        Func<Site, string, CancellationToken, Task> change)
    {
        var group = CreateGroup();
        return CommandLine.Create(
            verb,
            description,
            $"terroir group {verb} urgences",
            (parsed, stop) => ChangeAsync(parsed, parsed.GetValue(group)!, verb, findFault, change, stop),
            group);
    }

    private static Command CreateJoin()
    {
        var (group, member) = (CreateGroup(), CreateMember());
        return CommandLine.Create(
            "join",
            "Puts a user or a group into a group, or changes until when.",
            "terroir group join urgences user:nadia.benali --until 2027-01-31",
            (parsed, stop) => ChangeAsync(
                parsed,
                parsed.GetValue(group)!,
                "join",
                (site, id) => FaultOfJoining(site, id, parsed.GetValue(member)!),
                (site, id, token) => JoinAsync(
                    site, id, new GroupMember(parsed.GetValue(member)!, parsed.GetValue(Until)), token),
                stop),
            group,
            member,
            Until);
    }

    private static Command CreateLeave()
    {
        var (group, member) = (CreateGroup(), CreateMember());
        return CommandLine.Create(
            "leave",
            "Takes a user or a group out of a group, from the next request on.",
            "terroir group leave urgences user:nadia.benali",
            (parsed, stop) => ChangeAsync(
                parsed,
                parsed.GetValue(group)!,
                "leave",
                (site, id) => FaultOfLeaving(site, id, parsed.GetValue(member)!),
                (site, id, token) => LeaveAsync(site, id, parsed.GetValue(member)!, token),
                stop),
            group,
            member);
    }

    private static Command CreateList() => CommandLine.Create(
        "list",
        "Lists the groups of the store and their members.",
        "terroir group list",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var groups = UserCommand.StoreOf(site).Read().Groups;
            CommandLine.Print(
                parsed,
                new { groups },
                [
                    .. groups.Select(group =>
                        $"{group.Id}  {string.Join(", ", group.Members.Select(Describe))}"),
                    $"{Terminal.Count(groups.Count, "group")}.",
                ]);
            return ExitCode.Done;
        });

    // What is refused is no event: the ledger has only what was done.
    private static async Task<int> ChangeAsync(
        ParseResult parsed,
        string id,
        string verb,
        Func<Site, string, string?> findFault,
        Func<Site, string, CancellationToken, Task> change,
        CancellationToken cancellationToken)
    {
        await using var site = CommandLine.Open(parsed);
        if (!Principal.IsId(id))
        {
            return await CommandLine.RefuseAsync(
                $"An id has 1 to {Principal.IdLengthMax} characters, none of them ':', ',' or '&'.");
        }

        if (findFault(site, id) is { } fault)
        {
            return await CommandLine.RefuseAsync(fault);
        }

        await OperatorLog.RecordAsync(
            site, EventKinds.IdentityChanged, Principal.Group(id), $"group {verb}", cancellationToken);
        await change(site, id, cancellationToken);
        CommandLine.Print(parsed, new { group = id, done = verb }, [$"{id}: done."]);
        return ExitCode.Done;
    }

    private static string? FaultOfAdding(Site site, string id) =>
        UserCommand.Knows(site, Principal.Group(id)) ? $"There is a group '{id}' already." : null;

    private static Task AddAsync(Site site, string id, CancellationToken cancellationToken) =>
        UserCommand.StoreOf(site).SaveGroupAsync(new AccountGroup(id), cancellationToken);

    private static string? FaultOfNaming(Site site, string id) => Find(site, id) is null ? Missing(id) : null;

    private static Task RemoveAsync(Site site, string id, CancellationToken cancellationToken) =>
        UserCommand.StoreOf(site).RemoveGroupAsync(id, cancellationToken);

    private static string? FaultOfJoining(Site site, string id, string member) =>
        !Principal.IsMember(member) || !UserCommand.Knows(site, member)
            ? $"There is no '{member}'. A member is written user:ID or group:ID."
            : FaultOfNaming(site, id);

    private static Task JoinAsync(Site site, string id, GroupMember member, CancellationToken cancellationToken) =>
        SaveAsync(site, id, group => [.. Others(group, member.Principal), member], cancellationToken);

    private static string? FaultOfLeaving(Site site, string id, string member) =>
        Find(site, id) is not { } group ? Missing(id)
            : Others(group, member).Count() == group.Members.Count ? $"'{member}' is not in '{id}'."
            : null;

    private static Task LeaveAsync(Site site, string id, string member, CancellationToken cancellationToken) =>
        SaveAsync(site, id, group => [.. Others(group, member)], cancellationToken);

    private static Task SaveAsync(
        Site site,
        string id,
        Func<AccountGroup, IReadOnlyList<GroupMember>> change,
        CancellationToken cancellationToken)
    {
        var group = Find(site, id) ?? throw new InvalidOperationException($"The group '{id}' is removed meanwhile.");
        return UserCommand.StoreOf(site).SaveGroupAsync(group with { Members = change(group) }, cancellationToken);
    }

    private static AccountGroup? Find(Site site, string id) => UserCommand.StoreOf(site).Read().Groups
        .FirstOrDefault(group => string.Equals(group.Id, id, StringComparison.Ordinal));

    private static IEnumerable<GroupMember> Others(AccountGroup group, string member) =>
        group.Members.Where(other => !string.Equals(other.Principal, member, StringComparison.Ordinal));

    private static string Missing(string id) =>
        $"The store has no group '{id}'. See 'terroir group list'; groups of directory.yaml are changed there.";

    private static string Describe(GroupMember member) => member.Until is { } until
        ? string.Create(CultureInfo.InvariantCulture, $"{member.Principal} until {until:yyyy-MM-dd HH:mm} UTC")
        : member.Principal;
}
