using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Server.Oidc;

/// <summary>Finds the user that a person of the identity provider is here. The first person who comes as a user is that
/// user from then on: a name that the provider gives to somebody else later does not open what was theirs.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
internal sealed class OidcAccounts(
    IIdentityStore store,
    IDirectory directory,
    EventLog log,
    IOptions<OidcOptions> options) : IDisposable
{
    /// <summary>How somebody signed in with the provider.</summary>
    public const string Method = "oidc";

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Finds the user, whose account is made if the settings say so.</summary>
    /// <param name="person">Who they are at the provider.</param>
    /// <param name="cancellationToken">Stops the call before a change.</param>
    /// <returns>The user with their groups, or <see langword="null"/> if there is none for this person.</returns>
    public async Task<Asker?> FindAsync(OidcPerson person, CancellationToken cancellationToken)
    {
        if (directory.Find(person.User) is null || FindDigest(person) is null)
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                await BindAsync(person, cancellationToken);
            }
            finally
            {
                _turn.Release();
            }
        }

        return string.Equals(FindDigest(person), person.Digest.Hex, StringComparison.Ordinal)
            ? directory.Find(person.User, person.Groups)
            : null;
    }

    /// <summary>Finds the user of a session that began with the provider.</summary>
    /// <returns>The user with those groups that the settings still map; <see langword="null"/> if there is no provider
    /// any more, or no such user.</returns>
    public Asker? Find(Session session) => options.Value.IsSet
        ? directory.Find(
            session.User,
            [
                .. session.Groups.Where(group => options.Value.Groups
                    .Any(mapped => string.Equals(mapped.Group, group, StringComparison.Ordinal))),
            ])
        : null;

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private string? FindDigest(OidcPerson person) => store.FindCredential(person.User, IIdentityStore.ProviderKind);

    private async Task BindAsync(OidcPerson person, CancellationToken cancellationToken)
    {
        var principal = Principal.User(person.User);
        if (!directory.Knows(principal) && options.Value.CreateAccounts)
        {
            await log.RecordRowAsync(
                EventKinds.IdentityChanged, actor: null, principal, "user add by oidc", cancellationToken);
            await store.SaveAccountAsync(
                new Account(person.User) { Origin = Account.FromProvider, Name = person.Name },
                cancellationToken);
        }

        // Not for who is barred: they are nobody until they are let in again.
        if (directory.Find(person.User) is not null && FindDigest(person) is null)
        {
            await log.RecordRowAsync(
                EventKinds.IdentityChanged, actor: null, principal, "user bound by oidc", cancellationToken);
            await store.SetCredentialAsync(
                person.User, IIdentityStore.ProviderKind, person.Digest.Hex, cancellationToken);
        }
    }
}
