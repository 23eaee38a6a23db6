using Terroir.Access;
using Terroir.Provenance.Events;
using Terroir.Storage;
using Terroir.Web.Pages;

namespace Terroir.Server.Callers;

/// <summary>Recognises who signs in to the console, by name and password or by an API key.</summary>
internal sealed class SignInCheck(Accounts accounts, IDirectory directory, SignInLimits limits, RefusedKeys refused)
{
    private const string ByKey = "key";

    /// <summary>Checks what a visitor typed.</summary>
    /// <param name="user">The user's id; empty with a key.</param>
    /// <param name="password">The password; empty with a key.</param>
    /// <param name="key">The API key; empty with a password.</param>
    /// <param name="address">The address that they come from.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The session to begin, or why there is none; a wrong name and a wrong password look the same.</returns>
    public async Task<(Session? Session, SignInFault Fault)> CheckAsync(
        string user,
        string password,
        string key,
        string address,
        CancellationToken cancellationToken)
    {
        var account = key.Length > 0 ? $"{ByKey}:{address}" : Shorten(user);
        if (!limits.TryTake(account, address))
        {
            refused.Count(EventKinds.SignInRefused);
            return (null, SignInFault.TooMany);
        }

        var session = key.Length > 0 ? FindByKey(key)
            : await accounts.FindByPasswordAsync(user, password, cancellationToken) is { } asker
                ? new Session(default, asker.User) { Method = "password" }
                : null;
        if (session is null)
        {
            refused.Count(EventKinds.SignInRefused);
            return (null, SignInFault.Refused);
        }

        limits.Forgive(account, address);
        return (session, SignInFault.None);
    }

    private static string Shorten(string user) =>
        user.Length > Principal.IdLengthMax ? user[..Principal.IdLengthMax] : user;

    private Session? FindByKey(string key)
    {
        var hash = SiteDirectory.HashOf(key);
        return directory.FindKey(hash) is { } known && directory.Find(known.User) is { } asker
            ? new Session(default, asker.User) { Method = ByKey, Key = hash }
            : null;
    }
}
