using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>The identity store in one SQLite file: <c>docs/formats/identity.md</c>.</summary>
public sealed class SqliteIdentityStore : IIdentityStore
{
    /// <summary>What errors call the store.</summary>
    internal const string Name = "identity store";

    private readonly SqliteDatabase _database;

    private SqliteIdentityStore(SqliteDatabase database) => _database = database;

    /// <summary>Opens or creates an identity store.</summary>
    /// <param name="path">The file; not on a network file system.</param>
    /// <param name="timeProvider">The store's clock.</param>
    /// <returns>The store.</returns>
    /// <exception cref="StorageFailedException">The file cannot be opened, is on a network file system, or is newer
    /// than this program.</exception>
    public static SqliteIdentityStore Open(string path, TimeProvider timeProvider)
    {
        SqliteMetastore.Prepare(path);
        return new SqliteIdentityStore(new SqliteDatabase(path, timeProvider, Name));
    }

    /// <inheritdoc/>
    public long ReadRevision() =>
        _database.Read("read", transaction => transaction.Count("select number from revision"));

    /// <inheritdoc/>
    public IdentityRecords Read() => _database.Read("read", SqliteIdentityRows.Read);

    /// <inheritdoc/>
    public string? FindCredential(string user, string kind) => _database.Read("read", transaction => transaction
        .Query(
            "select secret from credential where user_id = $user and kind = $kind and credential_id = ''",
            row => row.GetString(0),
            ("$user", user),
            ("$kind", kind))
        .SingleOrDefault());

    /// <inheritdoc/>
    public Session? FindSession(ContentHash id) => _database.Read("read", transaction => SqliteIdentityRows
        .ReadSessions(transaction, _database.Now, "and id = $id", ("$id", id.Hex))
        .SingleOrDefault());

    /// <inheritdoc/>
    public IReadOnlyList<Session> ListSessions() => _database.Read(
        "read",
        transaction => SqliteIdentityRows.ReadSessions(transaction, _database.Now, ""));

    /// <inheritdoc/>
    public IReadOnlyList<EmergencyOpening> ListEmergencies() => _database.Read(
        "read",
        transaction => SqliteEmergencyRows.Read(transaction, "true"));

    /// <inheritdoc/>
    public Task SaveAccountAsync(Account account, CancellationToken cancellationToken) => ChangeAsync(
        transaction => SqliteIdentityRows.Save(transaction, account, _database.Now),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAccountAsync(string id, CancellationToken cancellationToken) => ChangeAsync(
        transaction => SqliteIdentityRows.RemoveAccount(transaction, id) > 0,
        cancellationToken);

    /// <inheritdoc/>
    public Task SaveGroupAsync(AccountGroup group, CancellationToken cancellationToken) => ChangeAsync(
        transaction => SqliteIdentityRows.Save(transaction, group, _database.Now),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveGroupAsync(string id, CancellationToken cancellationToken) => ChangeAsync(
        transaction => SqliteIdentityRows.RemoveGroup(transaction, id) > 0,
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryChangeAsync(IdentityChange change, long revision, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            "write",
            transaction =>
            {
                if (transaction.Count("select number from revision") != revision)
                {
                    return false;
                }

                SqliteIdentityRows.Make(transaction, change, _database.Now);
                transaction.Execute("update revision set number = number + 1");
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task SetCredentialAsync(string user, string kind, string secret, CancellationToken cancellationToken) =>
        ChangeAsync(
            transaction =>
            {
                transaction.Execute("delete from session where user_id = $user", ("$user", user));
                return transaction.Execute(
                    "insert or replace into credential values ($user, $kind, '', $secret, 0, $now)",
                    ("$user", user),
                    ("$kind", kind),
                    ("$secret", secret),
                    ("$now", _database.Now));
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task RewriteCredentialAsync(
        string user,
        string kind,
        string known,
        string renewed,
        CancellationToken cancellationToken) => ChangeAsync(
            transaction => transaction.Execute(
                "update credential set secret = $next where user_id = $user and kind = $kind and credential_id = '' "
                    + "and secret = $known",
                ("$user", user),
                ("$kind", kind),
                ("$known", known),
                ("$next", renewed)),
            cancellationToken);

    /// <inheritdoc/>
    public Task AddKeyAsync(ApiKey key, CancellationToken cancellationToken) => ChangeAsync(
        transaction => SqliteIdentityRows.Add(transaction, key, _database.Now),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RevokeKeyAsync(string id, CancellationToken cancellationToken) => ChangeAsync(
        transaction =>
        {
            transaction.Execute(
                "delete from session where key_hash in (select hash from api_key where id = $id)",
                ("$id", id));
            return transaction.Execute("delete from api_key where id = $id", ("$id", id)) > 0;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task AddSessionAsync(Session session, CancellationToken cancellationToken) => _database.WriteAsync(
        "start a session",
        transaction => SqliteIdentityRows.Add(transaction, session, _database.Now),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> EndSessionAsync(ContentHash id, CancellationToken cancellationToken) => _database.WriteAsync(
        "end a session",
        transaction => transaction.Execute("delete from session where id = $id", ("$id", id.Hex)) > 0,
        cancellationToken);

    /// <inheritdoc/>
    public Task<int> EndSessionsAsync(string user, CancellationToken cancellationToken) => _database.WriteAsync(
        "end sessions",
        transaction => transaction.Execute("delete from session where user_id = $user", ("$user", user)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> OpenEmergencyAsync(
        EmergencyOpening opening,
        int countMax,
        CancellationToken cancellationToken) => ChangeAsync(
            transaction => SqliteEmergencyRows.Open(transaction, opening, countMax, _database.Now),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EmergencyOpening>> EndEmergenciesAsync(
        string user,
        string? group,
        string endedBy,
        CancellationToken cancellationToken) => ChangeAsync(
            transaction => SqliteEmergencyRows.End(transaction, user, group, endedBy, _database.Now),
            cancellationToken);

    /// <inheritdoc/>
    public Task MarkEmergencyLoggedAsync(string id, CancellationToken cancellationToken) => _database.WriteAsync(
        "write",
        transaction => SqliteEmergencyRows.MarkLogged(transaction, id),
        cancellationToken);

    /// <inheritdoc/>
    public ModelCost ReadModelUse(string user, DateOnly day) =>
        _database.Read("read", transaction => SqliteModelUseRows.Read(transaction, user, day));

    /// <inheritdoc/>
    public Task<ModelCost?> ReserveModelUseAsync(
        string user,
        DateOnly day,
        ModelCost most,
        ModelCost limit,
        CancellationToken cancellationToken) => _database.WriteAsync(
            "reserve",
            transaction => SqliteModelUseRows.Reserve(transaction, user, day, most, limit),
            cancellationToken);

    /// <inheritdoc/>
    public Task SettleModelUseAsync(
        string user,
        DateOnly day,
        ModelCost reserved,
        ModelCost used,
        CancellationToken cancellationToken) => _database.WriteAsync(
            "settle",
            transaction => SqliteModelUseRows.Settle(transaction, user, day, reserved, used),
            cancellationToken);

    /// <inheritdoc/>
    public Task ScrubAsync(CancellationToken cancellationToken) => _database.ScrubAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task CopyAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SqliteMetastore.Prepare(path);
        _database.CopyTo(path);
        using var copy = new SqliteDatabase(path, _database.TimeProvider, Name);
        await copy.WriteAsync(
            "copy",
            transaction => transaction.Execute("delete from session") + transaction.Execute("delete from emergency"),
            cancellationToken);
        await copy.ScrubAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private Task<T> ChangeAsync<T>(Func<SqliteTransaction, T> change, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            "write",
            transaction =>
            {
                var result = change(transaction);
                transaction.Execute("update revision set number = number + 1");
                return result;
            },
            cancellationToken);
}
