using Microsoft.Extensions.Time.Testing;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

public sealed class SqliteIdentityStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero));
    private readonly SqliteIdentityStore _store;

    public SqliteIdentityStoreTests() => _store = SqliteIdentityStore.Open(_folder["identity.db"], _time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_saved_is_there_after_opening_again()
    {
        var until = _time.GetUtcNow().AddDays(3);
        await _store.SaveAccountAsync(new Account("nadia") { Name = "Nadia", ExternalId = "7" }, Stop);
        await _store.SaveGroupAsync(
            new AccountGroup("urgences") { Members = [new GroupMember("user:nadia", until)] },
            Stop);
        await _store.AddKeyAsync(KeyOf("nadia") with { Scopes = ["ask", "search"], ExpiresAt = until }, Stop);

        using var again = SqliteIdentityStore.Open(_folder["identity.db"], _time);
        var records = again.Read();

        Assert.Equal(_store.ReadRevision(), records.Revision);
        Assert.Equal(
            new Account("nadia")
            {
                Name = "Nadia",
                ExternalId = "7",
                CreatedAt = _time.GetUtcNow(),
                ChangedAt = _time.GetUtcNow(),
            },
            Assert.Single(records.Accounts));
        Assert.Equal([new GroupMember("user:nadia", until)], Assert.Single(records.Groups).Members);
        var key = Assert.Single(records.Keys);
        Assert.Equal((KeyOf("nadia").Hash, until), (key.Hash, key.ExpiresAt));
        Assert.Equal(["ask", "search"], key.Scopes, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Each_change_of_people_groups_and_keys_raises_the_revision_and_sessions_do_not()
    {
        var before = _store.ReadRevision();

        await _store.SaveAccountAsync(new Account("nadia"), Stop);
        await _store.AddKeyAsync(KeyOf("nadia"), Stop);
        await _store.SaveGroupAsync(new AccountGroup("urgences"), Stop);
        await _store.AddSessionAsync(SessionOf("nadia", 1), Stop);

        Assert.Equal(before + 3, _store.ReadRevision());
    }

    [Fact]
    public async Task Who_is_removed_leaves_nothing_also_not_in_the_file()
    {
        await _store.SaveAccountAsync(new Account("nadia.benali.unique"), Stop);
        await _store.SaveGroupAsync(
            new AccountGroup("urgences") { Members = [new GroupMember("user:nadia.benali.unique")] },
            Stop);
        await _store.SetCredentialAsync("nadia.benali.unique", IIdentityStore.PasswordKind, "secret", Stop);
        await _store.AddKeyAsync(KeyOf("nadia.benali.unique"), Stop);
        await _store.AddSessionAsync(SessionOf("nadia.benali.unique", 1), Stop);

        Assert.True(await _store.RemoveAccountAsync("nadia.benali.unique", Stop));
        Assert.False(await _store.RemoveAccountAsync("nadia.benali.unique", Stop));
        await _store.CopyAsync(_folder["copy.db"], Stop);
        var bytes = await File.ReadAllBytesAsync(_folder["copy.db"], Stop);

        Assert.Empty(_store.Read().Accounts);
        Assert.Empty(_store.Read().Keys);
        Assert.Empty(Assert.Single(_store.Read().Groups).Members);
        Assert.Empty(_store.ListSessions());
        Assert.Null(_store.FindCredential("nadia.benali.unique", IIdentityStore.PasswordKind));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("nadia.benali.unique"u8));
    }

    [Fact]
    public async Task A_session_ends_with_its_time_its_user_its_key_and_the_password()
    {
        await _store.SaveAccountAsync(new Account("nadia"), Stop);
        await _store.AddKeyAsync(KeyOf("nadia"), Stop);

        await EndsAsync(SessionOf("nadia", 1), () => Advance(TimeSpan.FromHours(12)));
        await EndsAsync(SessionOf("nadia", 2), () => _store.EndSessionsAsync("nadia", Stop));
        await EndsAsync(
            SessionOf("nadia", 3) with { Key = KeyOf("nadia").Hash },
            () => _store.RevokeKeyAsync(KeyOf("nadia").Id, Stop));
        await EndsAsync(
            SessionOf("nadia", 4),
            () => _store.SetCredentialAsync("nadia", IIdentityStore.PasswordKind, "next", Stop));
        await EndsAsync(
            SessionOf("nadia", 5),
            () => _store.SaveAccountAsync(new Account("nadia") { IsActive = false }, Stop));
    }

    [Fact]
    public async Task One_session_more_than_a_user_may_have_ends_the_oldest()
    {
        for (var number = 0; number <= IIdentityStore.SessionsPerUserMax; number++)
        {
            await _store.AddSessionAsync(SessionOf("nadia", number), Stop);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(IIdentityStore.SessionsPerUserMax, _store.ListSessions().Count);
        Assert.Null(_store.FindSession(SessionOf("nadia", 0).Id));
        Assert.NotNull(_store.FindSession(SessionOf("nadia", IIdentityStore.SessionsPerUserMax).Id));
    }

    [Fact]
    public async Task A_copy_has_accounts_and_no_session()
    {
        await _store.SaveAccountAsync(new Account("nadia"), Stop);
        await _store.AddSessionAsync(SessionOf("nadia", 1), Stop);

        await _store.CopyAsync(_folder["copy.db"], Stop);

        using var copy = SqliteIdentityStore.Open(_folder["copy.db"], _time);
        Assert.Equal("nadia", Assert.Single(copy.Read().Accounts).Id);
        Assert.Empty(copy.ListSessions());
        Assert.Single(_store.ListSessions());
    }

    [Fact]
    public async Task A_credential_is_rewritten_only_where_nobody_changed_it_meanwhile()
    {
        await _store.SetCredentialAsync("nadia", IIdentityStore.PasswordKind, "old", Stop);

        await _store.RewriteCredentialAsync("nadia", IIdentityStore.PasswordKind, "other", "wrong", Stop);
        Assert.Equal("old", _store.FindCredential("nadia", IIdentityStore.PasswordKind));
        await _store.RewriteCredentialAsync("nadia", IIdentityStore.PasswordKind, "old", "next", Stop);
        Assert.Equal("next", _store.FindCredential("nadia", IIdentityStore.PasswordKind));
    }

    [Fact]
    public async Task A_change_from_an_older_revision_is_not_made()
    {
        await _store.SaveGroupAsync(new AccountGroup("urgences"), Stop);
        var known = _store.Read();
        await _store.SaveGroupAsync(new AccountGroup("urgences") { Members = [new GroupMember("user:paul")] }, Stop);

        var isLate = await _store.TryChangeAsync(new GroupSaved(known.Groups[0]), known.Revision, Stop);
        var kept = _store.Read();
        var isMade = await _store.TryChangeAsync(new GroupSaved(known.Groups[0]), kept.Revision, Stop);

        Assert.Equal((false, true), (isLate, isMade));
        Assert.Equal([new GroupMember("user:paul")], kept.Groups[0].Members);
        Assert.Empty(_store.Read().Groups[0].Members);
        Assert.Equal(kept.Revision + 1, _store.ReadRevision());
    }

    [Fact]
    public async Task A_new_account_has_nothing_of_an_earlier_one_of_its_id()
    {
        await _store.SetCredentialAsync("nadia", IIdentityStore.PasswordKind, "secret", Stop);
        await _store.AddKeyAsync(KeyOf("nadia"), Stop);
        await _store.AddSessionAsync(SessionOf("nadia", 1), Stop);
        await _store.SaveGroupAsync(new AccountGroup("urgences") { Members = [new GroupMember("user:nadia")] }, Stop);

        Assert.True(await _store.TryChangeAsync(new AccountAdded(new Account("nadia")), _store.ReadRevision(), Stop));

        Assert.Null(_store.FindCredential("nadia", IIdentityStore.PasswordKind));
        Assert.Null(_store.FindSession(SessionOf("nadia", 1).Id));
        Assert.Empty(_store.Read().Keys);
        Assert.Empty(_store.Read().Groups[0].Members);
        Assert.Equal("nadia", Assert.Single(_store.Read().Accounts).Id);
    }

    [Fact]
    public async Task Accounts_and_groups_are_changed_and_removed_from_a_revision()
    {
        await _store.SaveAccountAsync(new Account("nadia"), Stop);
        await _store.SaveGroupAsync(new AccountGroup("inner"), Stop);
        await _store.SaveGroupAsync(new AccountGroup("outer") { Members = [new GroupMember("group:inner")] }, Stop);
        await _store.AddSessionAsync(SessionOf("nadia", 1), Stop);

        await MakeAsync(new AccountChanged(new Account("nadia") { IsActive = false }));
        await MakeAsync(new GroupRemoved("inner"));

        Assert.Null(_store.FindSession(SessionOf("nadia", 1).Id));
        Assert.Empty(Assert.Single(_store.Read().Groups).Members);
        await MakeAsync(new AccountRemoved("nadia"));
        Assert.Empty(_store.Read().Accounts);
    }

    private async Task MakeAsync(IdentityChange change) =>
        Assert.True(await _store.TryChangeAsync(change, _store.ReadRevision(), Stop));

    private static ContentHash HashOf(string text) => ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(text));

    private static ApiKey KeyOf(string user) => new($"key-of-{user}", HashOf(user), user);

    private Session SessionOf(string user, int number) => new(HashOf($"{user} {number}"), user)
    {
        Method = "password",
        ExpiresAt = _time.GetUtcNow().AddHours(12),
    };

    private async Task EndsAsync(Session session, Func<Task> end)
    {
        await _store.AddSessionAsync(session, Stop);
        Assert.Equal(session.User, _store.FindSession(session.Id)?.User);

        await end();

        Assert.Null(_store.FindSession(session.Id));
    }

    private Task Advance(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
