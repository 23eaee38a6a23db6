using System.Buffers.Text;
using System.Security.Cryptography;
using Terroir.Storage;

namespace Terroir.Access;

/// <summary>Passwords, API keys and sessions of the people of the directory.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
/// <param name="store">Where they are kept.</param>
/// <param name="directory">Who there is.</param>
/// <param name="hasher">Stretches passwords.</param>
/// <param name="time">The clock.</param>
public sealed class Accounts(IIdentityStore store, IDirectory directory, PasswordHasher hasher, TimeProvider time)
{
    /// <summary>How long a session lasts that is not ended before.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(12);

    private const int TokenSizeBytes = 32;
    private const int KeyIdSizeBytes = 6;

    /// <summary>Makes a secret that nobody guesses: 256 random bits.</summary>
    public static string CreateToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenSizeBytes));

    /// <summary>Sets a user's password, and ends their sessions.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="password">The password; see <see cref="PasswordHasher.FindFault"/>.</param>
    /// <param name="cancellationToken">Stops the call before the change.</param>
    public async Task SetPasswordAsync(string user, string password, CancellationToken cancellationToken)
    {
        if (PasswordHasher.FindFault(password, user) is { } fault)
        {
            throw new ArgumentException(fault, nameof(password));
        }

        var hash = await hasher.HashAsync(password, cancellationToken);
        await store.SetCredentialAsync(user, IIdentityStore.PasswordKind, hash, cancellationToken);
    }

    /// <summary>Recognises a user by their password. It takes as long for a user who is not there.</summary>
    /// <param name="user">The id as typed.</param>
    /// <param name="password">The password as typed.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The user, or <see langword="null"/>: unknown, wrong, without a password and disabled look the same.
    /// </returns>
    public async Task<Asker?> FindByPasswordAsync(string user, string password, CancellationToken cancellationToken)
    {
        var kept = store.FindCredential(user, IIdentityStore.PasswordKind);
        var match = await hasher.VerifyAsync(password, kept, cancellationToken);
        if (match is PasswordMatch.Wrong || directory.Find(user) is not { } asker)
        {
            return null;
        }

        if (match is PasswordMatch.RightButCheap)
        {
            var next = await hasher.HashAsync(password, cancellationToken);
            await store.RewriteCredentialAsync(user, IIdentityStore.PasswordKind, kept!, next, cancellationToken);
        }

        return asker;
    }

    /// <summary>Makes an API key.</summary>
    /// <param name="key">What it may do; id and hash are made here.</param>
    /// <param name="cancellationToken">Stops the call before the change.</param>
    /// <returns>The key, which is kept nowhere, and what is kept of it.</returns>
    public async Task<(string Secret, ApiKey Key)> AddKeyAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var secret = $"ter_{CreateToken()}";
        var added = key with
        {
            Id = RandomNumberGenerator.GetHexString(2 * KeyIdSizeBytes, lowercase: true),
            Hash = SiteDirectory.HashOf(secret),
        };
        await store.AddKeyAsync(added, cancellationToken);
        return (secret, added);
    }

    /// <summary>Begins a session.</summary>
    /// <param name="session">Who signed in and how; the id is made here, and the end unless an earlier one is set.
    /// </param>
    /// <param name="cancellationToken">Stops the call before the change.</param>
    /// <returns>The token that finds the session again; it is kept nowhere.</returns>
    public async Task<string> StartSessionAsync(Session session, CancellationToken cancellationToken)
    {
        var token = CreateToken();
        var end = time.GetUtcNow() + SessionLifetime;
        var started = session with
        {
            Id = SiteDirectory.HashOf(token),
            ExpiresAt = session.ExpiresAt == default || session.ExpiresAt > end ? end : session.ExpiresAt,
        };
        await store.AddSessionAsync(started, cancellationToken);
        return token;
    }

    /// <summary>Finds the session of a token.</summary>
    /// <param name="token">What the browser sent.</param>
    /// <returns>The session, or <see langword="null"/> if it has ended, or the key that it stands on.</returns>
    public Session? FindSession(string token) =>
        store.FindSession(SiteDirectory.HashOf(token)) is { } session
        && (session.Key is not { } key || directory.FindKey(key) is not null)
            ? session
            : null;

    /// <summary>Ends the session of a token.</summary>
    /// <param name="token">What the browser sent.</param>
    /// <param name="cancellationToken">Stops the call before the change.</param>
    /// <returns>Whether it was one.</returns>
    public Task<bool> EndSessionAsync(string token, CancellationToken cancellationToken) =>
        store.EndSessionAsync(SiteDirectory.HashOf(token), cancellationToken);
}
