namespace Terroir.Storage;

/// <summary>Accounts, groups, credentials, API keys, sessions and accesses in an emergency of a site.</summary>
/// <remarks>Holds no secret that opens anything by itself: passwords are stretched, keys and session tokens hashed. A
/// change is durable when its task ends. Safe to call from several threads and processes at once.</remarks>
public interface IIdentityStore : IDisposable
{
    /// <summary>The kind of credential that is a password; its secret is a PHC string of Argon2id.</summary>
    const string PasswordKind = "password";

    /// <summary>The kind of credential that is a person of an identity provider; its secret is a hash of issuer and
    /// subject.</summary>
    const string ProviderKind = "oidc";

    /// <summary>How many sessions one user has at most; a further one ends the oldest.</summary>
    const int SessionsPerUserMax = 20;

    /// <summary>How long an access in an emergency is kept at least after its end.</summary>
    static readonly TimeSpan EmergenciesKeptFor = TimeSpan.FromDays(30);

    /// <summary>Reads the number that rises with every change of accounts, groups and keys.</summary>
    long ReadRevision();

    /// <summary>Reads accounts, groups and keys as they are at one moment.</summary>
    IdentityRecords Read();

    /// <summary>Finds how a user proves who they are.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="kind">The kind of credential.</param>
    /// <returns>What is kept of it, or <see langword="null"/>.</returns>
    string? FindCredential(string user, string kind);

    /// <summary>Finds a session that has not ended.</summary>
    /// <param name="id">SHA-256 of its token.</param>
    /// <returns>The session, or <see langword="null"/>.</returns>
    Session? FindSession(ContentHash id);

    /// <summary>Lists the sessions that have not ended, by user and start.</summary>
    IReadOnlyList<Session> ListSessions();

    /// <summary>Lists the accesses in an emergency that are open, and those that ended and are still kept, by their
    /// beginning.</summary>
    IReadOnlyList<EmergencyOpening> ListEmergencies();

    /// <summary>Adds an account, or changes all of one. One that may not enter loses its sessions and its access in an
    /// emergency.</summary>
    /// <param name="account">The account; its times are the store's.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    Task SaveAccountAsync(Account account, CancellationToken cancellationToken);

    /// <summary>Removes an account with its credentials, keys, sessions, memberships and accesses in an emergency.
    /// </summary>
    /// <param name="id">Whose.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>Whether there was anything of them.</returns>
    Task<bool> RemoveAccountAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a group, or changes all of one.</summary>
    /// <param name="group">The group; its times are the store's.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    Task SaveGroupAsync(AccountGroup group, CancellationToken cancellationToken);

    /// <summary>Removes a group, also from the groups that it is in.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>Whether it was there.</returns>
    Task<bool> RemoveGroupAsync(string id, CancellationToken cancellationToken);

    /// <summary>Makes a change if nothing of accounts, groups, credentials and keys changed since a revision, so that
    /// who reads and then writes takes nobody else's change back.</summary>
    /// <param name="change">The change.</param>
    /// <param name="revision">The revision that the change was made from.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>Whether it was made; if not, nothing was.</returns>
    Task<bool> TryChangeAsync(IdentityChange change, long revision, CancellationToken cancellationToken);

    /// <summary>Sets a credential; the user's sessions end with the same commit.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="secret">What is kept of it: nothing that opens anything by itself.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    Task SetCredentialAsync(string user, string kind, string secret, CancellationToken cancellationToken);

    /// <summary>Keeps the same credential in another form, if nobody changed it meanwhile; sessions go on.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="known">What was kept.</param>
    /// <param name="renewed">What is kept from now on.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    Task RewriteCredentialAsync(
        string user,
        string kind,
        string known,
        string renewed,
        CancellationToken cancellationToken);

    /// <summary>Adds an API key.</summary>
    /// <param name="key">The key; when it was made is the store's to say.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    Task AddKeyAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>Removes an API key and the sessions that stand on it.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>Whether it was there.</returns>
    Task<bool> RevokeKeyAsync(string id, CancellationToken cancellationToken);

    /// <summary>Begins a session, and forgets those that have ended.</summary>
    /// <param name="session">The session; when it began is the store's to say.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    Task AddSessionAsync(Session session, CancellationToken cancellationToken);

    /// <summary>Ends a session.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>Whether it was there.</returns>
    Task<bool> EndSessionAsync(ContentHash id, CancellationToken cancellationToken);

    /// <summary>Ends all sessions of a user.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>How many there were.</returns>
    Task<int> EndSessionsAsync(string user, CancellationToken cancellationToken);

    /// <summary>Opens access in an emergency, unless its user has it open for that group, or opened it too often in
    /// the last 24 hours.</summary>
    /// <param name="opening">The opening; when it began is the store's to say, and it ends by time.</param>
    /// <param name="countMax">So many openings a user has in 24 hours at most, ended ones counted.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>Whether it was opened.</returns>
    Task<bool> OpenEmergencyAsync(EmergencyOpening opening, int countMax, CancellationToken cancellationToken);

    /// <summary>Ends what a user has open.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="group">The group; <see langword="null"/> for all.</param>
    /// <param name="endedBy">What ends it, such as <see cref="EmergencyOpening.ByPerson"/>.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>What was open, as it has ended.</returns>
    Task<IReadOnlyList<EmergencyOpening>> EndEmergenciesAsync(
        string user,
        string? group,
        string endedBy,
        CancellationToken cancellationToken);

    /// <summary>Notes that the ledger has the end of an access.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    Task MarkEmergencyLoggedAsync(string id, CancellationToken cancellationToken);

    /// <summary>Reads what models cost a user on a day, what is reserved counted as used.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="day">The day, in UTC.</param>
    ModelCost ReadModelUse(string user, DateOnly day);

    /// <summary>Reserves what a call of a model can cost, if it is within a limit with all that is used.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="day">The day, in UTC.</param>
    /// <param name="most">The most that the call can cost.</param>
    /// <param name="limit">What the user may use on the day.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns><see langword="null"/> if it is reserved; else what is used already.</returns>
    Task<ModelCost?> ReserveModelUseAsync(
        string user,
        DateOnly day,
        ModelCost most,
        ModelCost limit,
        CancellationToken cancellationToken);

    /// <summary>Puts what a call has cost in the place of what was reserved for it.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="day">The day on which it was reserved.</param>
    /// <param name="reserved">What was reserved.</param>
    /// <param name="used">What it has cost, at most as much.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    Task SettleModelUseAsync(
        string user,
        DateOnly day,
        ModelCost reserved,
        ModelCost used,
        CancellationToken cancellationToken);

    /// <summary>Overwrites what was removed, also in the log of changes.</summary>
    /// <param name="cancellationToken">Stops the call before it begins.</param>
    /// <exception cref="StorageFailedException">Another process reads, or the file failed.</exception>
    Task ScrubAsync(CancellationToken cancellationToken);

    /// <summary>Writes a copy without sessions and accesses in an emergency: nothing that has ended must come back with
    /// a backup.</summary>
    /// <param name="path">A file that is not there.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    Task CopyAsync(string path, CancellationToken cancellationToken);
}
