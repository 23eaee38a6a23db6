using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Terroir.Storage;
using Terroir.Storage.Embedded;
using Terroir.Tests.Catalog;

namespace Terroir.Tests.Access;

/// <summary>An <c>identity.db</c> of each version of its schema is opened with all that is in it. The golden files were
/// written by the stores of those versions: <c>eng/identity-goldens.sh</c>.</summary>
public sealed class IdentityFormatTests : IDisposable
{
    private const string Nadia = "nadia.benali";
    private const string Newest = "4";

    private static readonly DateTimeOffset Start = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Start.AddMinutes(1);
    private static readonly DateTimeOffset Until = Start.AddDays(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private readonly FakeTimeProvider _time = new(Start.AddMinutes(5));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder.FullName, "identity.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("4")]
    public async Task Accounts_and_groups_are_those_that_were_there(string version)
    {
        using var store = await OpenAsync(version);
        var records = store.Read();

        Assert.Equal(
            [
                new Account(Nadia)
                {
                    Name = "Nadia Benali",
                    Title = "Médecin",
                    ExternalId = "7",
                    CreatedAt = Start,
                    ChangedAt = Start,
                },
                new Account("paul")
                {
                    Origin = Account.FromScim,
                    Name = "Paul, dit l'Ancien",
                    IsActive = false,
                    CreatedAt = Start,
                    ChangedAt = Later,
                },
            ],
            records.Accounts);
        Assert.Equal(
            [("soins", "Soins", "g-1", Start), ("urgences", "", "", Later)],
            records.Groups.Select(group => (group.Id, group.Name, group.ExternalId, group.ChangedAt)));
        Assert.Empty(records.Groups[0].Members);
        Assert.Equal(
            [new GroupMember("group:soins"), new GroupMember($"user:{Nadia}", Until)],
            records.Groups[1].Members);
        Assert.Equal(records.Revision, store.ReadRevision());
        Assert.InRange(records.Revision, 10, long.MaxValue);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("4")]
    public async Task Credentials_keys_and_sessions_open_what_they_opened(string version)
    {
        using var store = await OpenAsync(version);

        Assert.StartsWith(
            "$argon2id$v=19$m=65536,t=3,p=1$",
            store.FindCredential(Nadia, IIdentityStore.PasswordKind),
            StringComparison.Ordinal);
        Assert.Equal(HashOf("issuer\nsubject").Hex, store.FindCredential(Nadia, IIdentityStore.ProviderKind));
        var keys = store.Read().Keys;
        Assert.Equal(
            [
                ("k1", HashOf("key 1"), Nadia, "le poste d'accueil", Until),
                ("k2", HashOf("key 2"), "paul", "", default(DateTimeOffset?)),
            ],
            keys.Select(key => (key.Id, key.Hash, key.User, key.Note, key.ExpiresAt)));
        Assert.Equal(
            ["ask", "search", "soins", "rh", "depot"],
            [.. keys[0].Scopes, .. keys[0].Collections, .. keys[0].PushSources]);
        Assert.Empty(keys[1].Scopes.Concat(keys[1].Collections).Concat(keys[1].PushSources));
        var (first, second) = (store.FindSession(HashOf("session 1"))!, store.FindSession(HashOf("session 2"))!);
        Assert.Equal((Nadia, "oidc", null, Later, Until), Describe(first));
        Assert.Equal(["soins", "urgences"], first.Groups);
        Assert.Equal((Nadia, "key", HashOf("key 1"), Later, Until), Describe(second));
        Assert.Equal(2, store.ListSessions().Count);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("4")]
    public async Task Accesses_in_an_emergency_are_open_or_ended_as_they_were(string version)
    {
        using var store = await OpenAsync(version);

        var open = new EmergencyOpening("e1", Nadia, "urgences") { StartedAt = Later, EndsAt = Later.AddHours(1) };
        var ended = new EmergencyOpening("e2", Nadia, "soins")
        {
            StartedAt = Later,
            EndsAt = Later.AddMinutes(1),
            EndedBy = EmergencyOpening.ByPerson,
            IsEndLogged = true,
        };
        Assert.Equal([open, ended], store.ListEmergencies());
        Assert.Equal([open], store.Read().Emergencies);
    }

    [Theory]
    [InlineData("3", 0)]
    [InlineData("4", 45_000)]
    public async Task What_models_cost_is_counted_on(string version, long millijoules)
    {
        using var store = await OpenAsync(version);

        Assert.Equal(new ModelCost(1_234, 5_678), store.ReadModelUse(Nadia, Day));
        Assert.Equal(millijoules, store.ReadModelUse("paul", Day).Millijoules);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    public async Task What_came_later_works_in_an_older_file(string version)
    {
        using var store = await OpenAsync(version);
        var opening = new EmergencyOpening("e3", "paul", "soins") { EndsAt = _time.GetUtcNow().AddHours(1) };

        Assert.True(await store.OpenEmergencyAsync(opening, countMax: 1, Stop));
        Assert.Null(await store.ReserveModelUseAsync("paul", Day, new(1, 2, 3), limit: new(3, 3, 3), Stop));

        Assert.Contains(store.ListEmergencies(), item => item.Id is "e3");
        Assert.Equal(new ModelCost(1, 2, 3), store.ReadModelUse("paul", Day));
    }

    // Whoever adds a migration adds a golden file of it.
    [Fact]
    public async Task The_newest_golden_file_lacks_no_migration()
    {
        await LoadAsync(Newest);
        var before = await CountAsync("migration");

        SqliteIdentityStore.Open(Database, _time).Dispose();

        Assert.Equal(before, await CountAsync("migration"));
        Assert.Equal(int.Parse(Newest, System.Globalization.CultureInfo.InvariantCulture), before);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_left_alone()
    {
        await LoadAsync("1");
        await RunAsync("insert into migration values ('identity-9999-future', 'x')");

        var refused = Assert.Throws<StorageFailedException>(() => SqliteIdentityStore.Open(Database, _time));

        Assert.Contains("identity store", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'identity-9999-future'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Upgrade terroir.", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.IsTransient);
        Assert.Equal(2, await CountAsync("migration"));
    }

    [Fact]
    public async Task A_migration_that_was_applied_with_another_text_is_refused()
    {
        await LoadAsync("2");
        await RunAsync("update migration set checksum = 'x' where name = 'identity-0002-emergency'");

        var refused = Assert.Throws<StorageFailedException>(() => SqliteIdentityStore.Open(Database, _time));

        Assert.Contains("'identity-0002-emergency'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("put a backup back", refused.Message, StringComparison.Ordinal);
    }

    private static DateOnly Day => DateOnly.FromDateTime(Start.UtcDateTime);

    private static ContentHash HashOf(string text) => ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(text));

    private static (string, string, ContentHash?, DateTimeOffset, DateTimeOffset) Describe(Session session) =>
        (session.User, session.Method, session.Key, session.StartedAt, session.ExpiresAt);

    private async Task<SqliteIdentityStore> OpenAsync(string version)
    {
        await LoadAsync(version);
        return SqliteIdentityStore.Open(Database, _time);
    }

    private async Task LoadAsync(string version) =>
        await RunAsync(await File.ReadAllTextAsync(GoldenFile.PathOf("identity", version, "identity.sql"), Stop));

    private async Task<long> CountAsync(string table) => (long)(await RunAsync($"select count(*) from {table}"))!;

    private async Task<object?> RunAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Stop);
    }
}
