using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Cli.Output;
using Terroir.Provenance.Events;
using Terroir.Server;
using Terroir.Server.Emergency;
using Terroir.Server.Ldap;
using Terroir.Storage;

namespace Terroir.Cli.Commands.Identity;

/// <summary>Manages the users that the site itself keeps, and who of all users may enter.</summary>
internal static class UserCommand
{
    public static Command Create()
    {
        var command = new Command("user", "Manages users: those of the site's own store, and who may enter.");
        command.Subcommands.Add(CreateAdd());
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateActivation("disable", isActive: false));
        command.Subcommands.Add(CreateActivation("enable", isActive: true));
        command.Subcommands.Add(UserPasswordCommand.Create());
        command.Subcommands.Add(CreateRemove());
        return command;
    }

    /// <summary>The argument that names a user who is there.</summary>
    public static Argument<string> CreateUser() => new("user") { Description = "The id of a user." };

    /// <summary>The store of a site.</summary>
    public static IIdentityStore StoreOf(Site site) => site.Services.GetRequiredService<IIdentityStore>();

    /// <summary>Whether a user or group is there, also one who may not enter.</summary>
    public static bool Knows(Site site, string principal) =>
        site.Services.GetRequiredService<IDirectory>().Knows(principal);

    /// <summary>Whether the store keeps anything of a user, also of one who was taken out of directory.yaml.</summary>
    public static bool IsKept(Site site, string id)
    {
        var store = StoreOf(site);
        var records = store.Read();
        return records.Accounts.Any(account => Is(account.Id))
            || records.Keys.Any(key => Is(key.User))
            || records.Groups.SelectMany(group => group.Members).Any(member => string.Equals(
                member.Principal, Principal.User(id), StringComparison.Ordinal))
            || store.FindCredential(id, IIdentityStore.PasswordKind) is not null
            || store.FindCredential(id, IIdentityStore.ProviderKind) is not null
            || store.ListSessions().Any(session => Is(session.User));

        bool Is(string user) => string.Equals(user, id, StringComparison.Ordinal);
    }

    /// <summary>Says that there is no such user.</summary>
    public static Task<int> RefuseAsync(string user) =>
        CommandLine.RefuseAsync($"There is no user '{user}'. See 'terroir user list'.");

    private static Command CreateAdd()
    {
        var user = new Argument<string>("user") { Description = "The id of the new user." };
        var name = new Option<string>("--name") { Description = "The name.", DefaultValueFactory = _ => "" };
        var title = new Option<string>("--title") { Description = "The function.", DefaultValueFactory = _ => "" };
        return CommandLine.Create(
            "add",
            "Adds a user. Until 'terroir user password' gives them a password they cannot sign in with one.",
            "terroir user add nadia.benali --name 'Nadia Benali'",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var id = parsed.GetValue(user)!;
                if (!Principal.IsId(id))
                {
                    return await CommandLine.RefuseAsync(
                        $"An id has 1 to {Principal.IdLengthMax} characters, none of them ':', ',' or '&'.");
                }

                if (Knows(site, Principal.User(id)))
                {
                    return await CommandLine.RefuseAsync($"There is a user '{id}' already.");
                }

                var account = new Account(id) { Name = parsed.GetValue(name)!, Title = parsed.GetValue(title)! };
                await OperatorLog.RecordAsync(site, EventKinds.IdentityChanged, Principal.User(id), "user add", stop);
                await StoreOf(site).SaveAccountAsync(account, stop);
                CommandLine.Print(parsed, new { added = id }, [$"{id} is added."]);
                return ExitCode.Done;
            },
            user,
            name,
            title);
    }

    private static Command CreateList() => CommandLine.Create(
        "list",
        "Lists all users: where each is kept, whether they may enter, and their groups.",
        "terroir user list",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            await site.Services.GetRequiredService<LdapMirror>().EnsureAsync(stop);
            var directory = site.Services.GetRequiredService<IDirectory>();
            var accounts = StoreOf(site).Read().Accounts.ToDictionary(account => account.Id, StringComparer.Ordinal);
            var users = directory.Users.Select(user => new
            {
                user.Id,
                user.Name,
                user.Title,
                origin = accounts.GetValueOrDefault(user.Id)?.Origin ?? Account.FromDirectory,
                isActive = directory.Find(user.Id) is not null,
                hasPassword = StoreOf(site).FindCredential(user.Id, IIdentityStore.PasswordKind) is not null,
                principals = (directory.Find(user.Id)?.Principals ?? (IEnumerable<string>)[])
                    .Order(StringComparer.Ordinal).ToArray(),
            }).ToArray();
            CommandLine.Print(
                parsed,
                new { users },
                [
                    .. users.Select(user => string.Create(
                        CultureInfo.InvariantCulture,
                        $"{user.Id}  {user.Name}  {user.origin}{(user.hasPassword ? ", password" : "")}"
                        + $"{(user.isActive ? "" : ", disabled")}")),
                    $"{Terminal.Count(users.Length, "user")}.",
                ]);
            return ExitCode.Done;
        });

    private static Command CreateActivation(string verb, bool isActive)
    {
        var user = CreateUser();
        return CommandLine.Create(
            verb,
            isActive
                ? "Lets a user in again."
                : "Keeps a user out, also one of directory.yaml: their sessions and keys end at once.",
            $"terroir user {verb} nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var id = parsed.GetValue(user)!;
                if (!Knows(site, Principal.User(id)))
                {
                    return await RefuseAsync(id);
                }

                var store = StoreOf(site);
                var known = store.Read().Accounts
                    .FirstOrDefault(account => string.Equals(account.Id, id, StringComparison.Ordinal));
                var next = (known ?? new Account(id) { Origin = Account.FromDirectory }) with { IsActive = isActive };
                await OperatorLog.RecordAsync(
                    site, EventKinds.IdentityChanged, Principal.User(id), $"user {verb}", stop);
                if (!isActive)
                {
                    await EndEmergenciesAsync(site, id, stop);
                }

                await store.SaveAccountAsync(next, stop);
                CommandLine.Print(
                    parsed,
                    new { user = id, isActive },
                    [isActive ? $"{id} may enter." : $"{id} is out; their sessions have ended."]);
                return ExitCode.Done;
            },
            user);
    }

    private static Command CreateRemove()
    {
        var user = CreateUser();
        return CommandLine.Create(
            "remove",
            "Removes a user of the store with password, keys, sessions and memberships. Who is in directory.yaml is "
                + "taken out there too.",
            "terroir user remove nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var id = parsed.GetValue(user)!;
                if (!IsKept(site, id))
                {
                    return await CommandLine.RefuseAsync($"The store keeps nothing of '{id}'.");
                }

                await OperatorLog.RecordAsync(
                    site, EventKinds.IdentityChanged, Principal.User(id), "user remove", stop);
                await EndEmergenciesAsync(site, id, stop);
                await StoreOf(site).RemoveAccountAsync(id, stop);
                var isLeft = Knows(site, Principal.User(id));
                CommandLine.Print(
                    parsed,
                    new { removed = id, isInDirectory = isLeft },
                    isLeft
                        ? [$"{id} is removed from the store.", $"{id} is still in {site.Folder.DirectoryFile}."]
                        : [$"{id} is removed."]);
                return ExitCode.Done;
            },
            user);
    }

    private static Task<IReadOnlyList<EmergencyOpening>> EndEmergenciesAsync(
        Site site,
        string user,
        CancellationToken cancellationToken) =>
        site.Services.GetRequiredService<EmergencyAccess>()
            .EndAsync(user, group: null, EmergencyOpening.ByAccount, cancellationToken);
}
