using System.Text.Json.Nodes;
using Terroir.Access;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Server.Scim;

/// <summary>Reads and changes users and groups for who provisions them.</summary>
/// <remarks>A change is made from the users and groups as they were read, or not at all: when others change them
/// meanwhile it is decided anew. Safe to call from several threads at once.</remarks>
internal sealed class ScimProvisioning(IIdentityStore store, IDirectory directory, EventLog log, TimeProvider time)
{
    /// <summary>Reads who there is.</summary>
    /// <param name="address">Where SCIM is, as the client sees it.</param>
    public ScimSnapshot Read(string address) => ScimSnapshot.Read(store, directory, time.GetUtcNow(), address);

    /// <summary>Makes a resource.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="body">What the client sent.</param>
    /// <param name="caller">Who asks for it, and where SCIM is as they see it.</param>
    /// <param name="cancellationToken">Stops the call before the change.</param>
    /// <returns>The resource as it is now.</returns>
    /// <exception cref="ScimFaultException">It cannot be made.</exception>
    public async Task<JsonObject> AddAsync(
        ScimResourceType type,
        JsonObject body,
        ScimCaller caller,
        CancellationToken cancellationToken)
    {
        var resource = ScimValues.Read(type.Schema, body);
        var (snapshot, change) = await ChangeAsync(now => type.Add(now, resource), caller, cancellationToken);
        return type.Render(snapshot, change!.Subject);
    }

    /// <summary>Changes a resource.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="id">Its id.</param>
    /// <param name="next">Makes what it shall be from what it is.</param>
    /// <param name="caller">Who asks for it, and where SCIM is as they see it.</param>
    /// <param name="cancellationToken">Stops the call before the change.</param>
    /// <returns>The resource as it is now.</returns>
    /// <exception cref="ScimFaultException">There is none, or it cannot be changed so.</exception>
    public async Task<JsonObject> ChangeAsync(
        ScimResourceType type,
        string id,
        Func<JsonObject, JsonObject> next,
        ScimCaller caller,
        CancellationToken cancellationToken)
    {
        var (snapshot, _) = await ChangeAsync(
            now =>
            {
                var principal = FindOwn(type, now, id);
                return type.Change(now, principal, next(type.Render(now, principal)));
            },
            caller,
            cancellationToken);
        return type.Render(snapshot, type.Find(snapshot, id));
    }

    /// <summary>Removes a resource: of a user also passwords, keys, sessions and memberships.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="id">Its id.</param>
    /// <param name="caller">Who asks for it, and where SCIM is as they see it.</param>
    /// <param name="cancellationToken">Stops the call before the change.</param>
    /// <exception cref="ScimFaultException">There is none, or it cannot be removed.</exception>
    public Task RemoveAsync(ScimResourceType type, string id, ScimCaller caller, CancellationToken cancellationToken) =>
        ChangeAsync(now => type.Remove(FindOwn(type, now, id)), caller, cancellationToken);

    private static string FindOwn(ScimResourceType type, ScimSnapshot snapshot, string id)
    {
        var principal = type.Find(snapshot, id);
        return type.IsOfFile(snapshot, principal)
            ? throw ScimFaultException.OfFile(type.Schema.Name.ToLowerInvariant())
            : principal;
    }

    private async Task<(ScimSnapshot Snapshot, ScimChange? Change)> ChangeAsync(
        Func<ScimSnapshot, ScimChange?> decide,
        ScimCaller caller,
        CancellationToken cancellationToken)
    {
        ScimChange? recorded = null;
        for (var attempt = 0; attempt < ScimLimits.AttemptCountMax; attempt++)
        {
            var snapshot = Read(caller.Address);
            if (decide(snapshot) is not { } change)
            {
                return (snapshot, null);
            }

            // Before the change, as the verbs do: one that is in force without an entry would be the worse.
            if (!string.Equals(recorded?.Detail, change.Detail, StringComparison.Ordinal))
            {
                await log.RecordAsync(
                    EventKinds.IdentityChanged,
                    Principal.User(caller.User),
                    change.Subject,
                    change.Detail,
                    cancellationToken);
                recorded = change;
            }

            if (await store.TryChangeAsync(change.Change, snapshot.Revision, cancellationToken))
            {
                return (Read(caller.Address), change);
            }
        }

        throw ScimFaultException.Busy();
    }
}

/// <summary>Who provisions.</summary>
/// <param name="User">The id of the user whose key it is.</param>
/// <param name="Address">Where SCIM is, as they see it.</param>
internal sealed record ScimCaller(string User, string Address);
