using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Cli.Output;
using Terroir.Provenance.Events;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Commands.Identity;

/// <summary>Manages API keys of the site's own store: for some uses, some collections, some time.</summary>
internal static class ApiKeyCommand
{
    private const int DaysDefault = 90;
    private const int DaysMax = 3_650;

    private static readonly Option<string[]> Scope = new("--scope")
    {
        Description = $"What it may be used for: {string.Join(", ", KeyScopes.All)}; may be given again.",
        Required = true,
    };

    private static readonly Option<string[]> Collection = new("--collection")
    {
        Description = "Only this collection; may be given again.",
    };

    private static readonly Option<string[]> Push = new("--push")
    {
        Description = "A source that it may push documents to, with the scope push; may be given again.",
    };

    private static readonly Option<int> Days = new("--days")
    {
        Description = $"After how many days it ends: 1 to {DaysMax}.",
        DefaultValueFactory = _ => DaysDefault,
    };

    private static readonly Option<string> Note = new("--note")
    {
        Description = "What it is for.",
        DefaultValueFactory = _ => "",
    };

    public static Command Create()
    {
        Scope.AcceptOnlyFromAmong([.. KeyScopes.All]);
        Days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > DaysMax)
            {
                result.AddError($"--days is 1 to {DaysMax}.");
            }
        });
        var command = new Command("apikey", "Manages API keys with scopes and an end.");
        command.Subcommands.Add(CreateAdd());
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateRevoke());
        return command;
    }

    private static Command CreateAdd()
    {
        var user = UserCommand.CreateUser();
        return CommandLine.Create(
            "add",
            "Makes an API key and shows it once. It counts from the next request on.",
            "terroir apikey add nadia.benali --scope ask --scope search --days 30",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var id = parsed.GetValue(user)!;
                if (!UserCommand.Knows(site, Principal.User(id)))
                {
                    return await UserCommand.RefuseAsync(id);
                }

                var names = (parsed.GetValue(Collection) ?? []).Concat(parsed.GetValue(Push) ?? []);
                if (names.FirstOrDefault(name => !CollectionId.IsValid(name)) is { } wrong)
                {
                    return await CommandLine.RefuseAsync($"'{wrong}' is no name of a collection or source.");
                }

                await OperatorLog.RecordAsync(site, EventKinds.KeyCreated, Principal.User(id), "apikey add", stop);
                var (secret, key) = await site.Services.GetRequiredService<Accounts>().AddKeyAsync(
                    new ApiKey("", default, id)
                    {
                        Scopes = [.. parsed.GetValue(Scope)!.Distinct(StringComparer.Ordinal)],
                        Collections = parsed.GetValue(Collection) ?? [],
                        PushSources = parsed.GetValue(Push) ?? [],
                        Note = parsed.GetValue(Note)!,
                        ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(parsed.GetValue(Days)),
                    },
                    stop);
                CommandLine.Print(
                    parsed,
                    new { key = secret, key.Id, user = id, key.Scopes, key.ExpiresAt },
                    [
                        $"The key, shown only here: {secret}",
                        $"Its id is {key.Id}. Revoke it with: terroir apikey revoke {key.Id}",
                        .. await FindMissingAsync(site, key, stop),
                    ]);
                return ExitCode.Done;
            },
            user,
            Scope,
            Collection,
            Push,
            Days,
            Note);
    }

    // A key may be made before what it is for, so a name that is not there yet is told and not refused.
    private static async Task<IReadOnlyList<string>> FindMissingAsync(
        Site site,
        ApiKey key,
        CancellationToken cancellationToken)
    {
        var metastore = site.Services.GetRequiredService<IMetastore>();
        var sources = await metastore.Sources.ListSourcesAsync(cancellationToken);
        var heads = await metastore.Catalog.ListHeadsAsync(cancellationToken);
        var collections = heads.Select(head => head.Collection)
            .Concat(sources.Select(source => source.Collection))
            .Select(collection => collection.Value)
            .ToHashSet(StringComparer.Ordinal);
        var names = sources.Select(source => source.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. key.Collections.Where(name => !collections.Contains(name))
                .Select(name => $"There is no collection '{name}' yet: until there is, the key finds nothing there."),
            .. key.PushSources.Where(name => !names.Contains(name))
                .Select(name => $"There is no source '{name}' yet: until there is, the key pushes nothing to it."),
        ];
    }

    private static Command CreateList() => CommandLine.Create(
        "list",
        "Lists the API keys of the store, never the keys themselves.",
        "terroir apikey list",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var now = TimeProvider.System.GetUtcNow();
            var keys = UserCommand.StoreOf(site).Read().Keys;
            CommandLine.Print(
                parsed,
                new
                {
                    keys = keys.Select(key => new
                    {
                        key.Id,
                        key.User,
                        key.Scopes,
                        key.Collections,
                        key.PushSources,
                        key.Note,
                        key.CreatedAt,
                        key.ExpiresAt,
                        hasEnded = key.ExpiresAt <= now,
                    }),
                },
                [
                    .. keys.Select(key => string.Create(
                        CultureInfo.InvariantCulture,
                        $"{key.Id}  {key.User}  {string.Join(' ', key.Scopes)}  "
                        + $"{(key.ExpiresAt <= now ? "ended" : "until")} {key.ExpiresAt:yyyy-MM-dd HH:mm} UTC  "
                        + $"{key.Note}")),
                    $"{Terminal.Count(keys.Count, "key")}.",
                ]);
            return ExitCode.Done;
        });

    private static Command CreateRevoke()
    {
        var key = new Argument<string>("key") { Description = "The id of the key, as 'terroir apikey list' shows it." };
        return CommandLine.Create(
            "revoke",
            "Ends an API key, and the sessions that stand on it, at once.",
            "terroir apikey revoke 1f2e3d4c5b6a",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var id = parsed.GetValue(key)!;
                var store = UserCommand.StoreOf(site);
                if (!store.Read().Keys.Any(known => string.Equals(known.Id, id, StringComparison.Ordinal)))
                {
                    return await CommandLine.RefuseAsync($"The store has no key '{id}'. See 'terroir apikey list'.");
                }

                await OperatorLog.RecordAsync(site, EventKinds.KeyRevoked, subject: null, id, stop);
                await store.RevokeKeyAsync(id, stop);
                CommandLine.Print(parsed, new { revoked = id }, [$"{id} opens nothing more."]);
                return ExitCode.Done;
            },
            key);
    }
}
