using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Retention;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Commands.Retention;

/// <summary>Finds the users who may be a person: by their name, or by an id such as <c>nadia.benali</c>.</summary>
internal static class ErasedAccounts
{
    /// <summary>Finds them.</summary>
    /// <param name="site">The site.</param>
    /// <param name="person">The person.</param>
    /// <returns>The ids of users of whom the store keeps something, in order.</returns>
    public static IReadOnlyList<string> Find(Site site, PersonMention person)
    {
        var store = site.Services.GetRequiredService<IIdentityStore>();
        var records = store.Read();
        var names = site.Services.GetRequiredService<IDirectory>().Users
            .Select(user => (user.Id, user.Name))
            .Concat(records.Accounts.Select(account => (account.Id, account.Name)));
        return
        [
            .. names.Where(user => person.CountIn(user.Name) + person.CountIn(user.Id) > 0)
                .Select(user => user.Id)
                .Distinct(StringComparer.Ordinal)
                .Where(id => IsKept(store, records, id))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static bool IsKept(IIdentityStore store, IdentityRecords records, string id) =>
        records.Accounts.Any(account => string.Equals(account.Id, id, StringComparison.Ordinal))
        || records.Keys.Any(key => string.Equals(key.User, id, StringComparison.Ordinal))
        || records.Groups.Any(group => group.Members.Any(member =>
            string.Equals(member.Principal, Principal.User(id), StringComparison.Ordinal)))
        || store.ListEmergencies().Any(opening => string.Equals(opening.User, id, StringComparison.Ordinal))
        || store.ReadModelUse(id, Today) != default
        || store.ReadModelUse(id, Today.AddDays(-1)) != default
        || store.ListSessions().Any(session => string.Equals(session.User, id, StringComparison.Ordinal))
        || store.FindCredential(id, IIdentityStore.PasswordKind) is not null
        || store.FindCredential(id, IIdentityStore.ProviderKind) is not null;
}
