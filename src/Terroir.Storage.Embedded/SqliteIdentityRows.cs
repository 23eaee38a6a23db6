using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>The rows of the identity store.</summary>
internal static class SqliteIdentityRows
{
    public static IdentityRecords Read(SqliteTransaction transaction)
    {
        var members = transaction
            .Query(
                "select group_id, principal, until from group_member order by group_id, principal",
                row => (Group: row.GetString(0), Member: new GroupMember(row.GetString(1), ReadTime(row, 2))))
            .ToLookup(row => row.Group, row => row.Member, StringComparer.Ordinal);
        return new IdentityRecords(
            transaction.Count("select number from revision"),
            transaction.Query(
                "select id, origin, name, title, is_active, external_id, created_at, changed_at from account "
                    + "order by id",
                ReadAccount),
            transaction.Query(
                "select id, name, external_id, created_at, changed_at from account_group order by id",
                row => ReadGroup(row, members)),
            transaction.Query(
                "select id, hash, user_id, scopes, collections, push_sources, note, created_at, expires_at "
                    + "from api_key order by id",
                ReadKey))
        {
            Emergencies = SqliteEmergencyRows.Read(transaction, "not is_end_logged"),
        };
    }

    public static IReadOnlyList<Session> ReadSessions(
        SqliteTransaction transaction,
        long now,
        string condition,
        params ReadOnlySpan<(string Name, object? Value)> values) => transaction.Query(
            "select id, user_id, method, key_hash, groups, started_at, expires_at from session "
                + $"where expires_at > $now {condition} order by user_id, started_at, id",
            row => new Session(ContentHash.Parse(row.GetString(0)), row.GetString(1))
            {
                Method = row.GetString(2),
                Key = row.IsDBNull(3) ? null : ContentHash.Parse(row.GetString(3)),
                Groups = Split(row.GetString(4)),
                StartedAt = ToTime(row.GetInt64(5)),
                ExpiresAt = ToTime(row.GetInt64(6)),
            },
            [("$now", now), .. values]);

    public static int Save(SqliteTransaction transaction, Account account, long now)
    {
        if (!account.IsActive)
        {
            transaction.Execute("delete from session where user_id = $id", ("$id", account.Id));
            SqliteEmergencyRows.End(transaction, account.Id, group: null, EmergencyOpening.ByAccount, now);
        }

        return transaction.Execute(
            "insert into account values ($id, $origin, $name, $title, $active, $external, $now, $now) "
                + "on conflict (id) do update set origin = $origin, name = $name, title = $title, "
                + "is_active = $active, external_id = $external, changed_at = $now",
            ("$id", account.Id),
            ("$origin", account.Origin),
            ("$name", account.Name),
            ("$title", account.Title),
            ("$active", account.IsActive),
            ("$external", account.ExternalId),
            ("$now", now));
    }

    public static int RemoveAccount(SqliteTransaction transaction, string id)
    {
        var count = transaction.Execute("delete from session where user_id = $id", ("$id", id));
        count += transaction.Execute("delete from credential where user_id = $id", ("$id", id));
        count += transaction.Execute("delete from api_key where user_id = $id", ("$id", id));
        count += transaction.Execute("delete from emergency where user_id = $id", ("$id", id));
        count += transaction.Execute("delete from model_use where user_id = $id", ("$id", id));
        count += transaction.Execute("delete from group_member where principal = $user", ("$user", $"user:{id}"));
        return count + transaction.Execute("delete from account where id = $id", ("$id", id));
    }

    public static int RemoveGroup(SqliteTransaction transaction, string id)
    {
        transaction.Execute("delete from group_member where principal = $group", ("$group", $"group:{id}"));
        return transaction.Execute("delete from account_group where id = $id", ("$id", id));
    }

    public static int Make(SqliteTransaction transaction, IdentityChange change, long now)
    {
        if (change is AccountAdded added)
        {
            RemoveAccount(transaction, added.Account.Id);
            return Save(transaction, added.Account, now);
        }

        return change switch
        {
            AccountChanged changed => Save(transaction, changed.Account, now),
            AccountRemoved removed => RemoveAccount(transaction, removed.Id),
            GroupSaved saved => Save(transaction, saved.Group, now),
            GroupRemoved removed => RemoveGroup(transaction, removed.Id),
            _ => throw new UnreachableException(),
        };
    }

    public static int Save(SqliteTransaction transaction, AccountGroup group, long now)
    {
        var count = transaction.Execute(
            "insert into account_group values ($id, $name, $external, $now, $now) "
                + "on conflict (id) do update set name = $name, external_id = $external, changed_at = $now",
            ("$id", group.Id),
            ("$name", group.Name),
            ("$external", group.ExternalId),
            ("$now", now));
        transaction.Execute("delete from group_member where group_id = $id", ("$id", group.Id));
        foreach (var member in group.Members)
        {
            count += transaction.Execute(
                "insert or replace into group_member values ($id, $principal, $until)",
                ("$id", group.Id),
                ("$principal", member.Principal),
                ("$until", member.Until?.ToUnixTimeMilliseconds()));
        }

        return count;
    }

    public static int Add(SqliteTransaction transaction, ApiKey key, long now) => transaction.Execute(
        "insert into api_key values ($id, $hash, $user, $scopes, $collections, $push, $note, $now, $expires)",
        ("$id", key.Id),
        ("$hash", key.Hash.Hex),
        ("$user", key.User),
        ("$scopes", Join(key.Scopes)),
        ("$collections", Join(key.Collections)),
        ("$push", Join(key.PushSources)),
        ("$note", key.Note),
        ("$now", now),
        ("$expires", key.ExpiresAt?.ToUnixTimeMilliseconds()));

    public static int Add(SqliteTransaction transaction, Session session, long now)
    {
        transaction.Execute("delete from session where expires_at <= $now", ("$now", now));
        transaction.Execute(
            "delete from session where id in (select id from session where user_id = $user "
                + "order by started_at desc, id limit -1 offset $kept)",
            ("$user", session.User),
            ("$kept", IIdentityStore.SessionsPerUserMax - 1));
        return transaction.Execute(
            "insert into session values ($id, $user, $method, $key, $groups, $now, $expires)",
            ("$id", session.Id.Hex),
            ("$user", session.User),
            ("$method", session.Method),
            ("$key", session.Key?.Hex),
            ("$groups", Join(session.Groups)),
            ("$now", now),
            ("$expires", session.ExpiresAt.ToUnixTimeMilliseconds()));
    }

    private static Account ReadAccount(SqliteDataReader row) => new(row.GetString(0))
    {
        Origin = row.GetString(1),
        Name = row.GetString(2),
        Title = row.GetString(3),
        IsActive = row.GetBoolean(4),
        ExternalId = row.GetString(5),
        CreatedAt = ToTime(row.GetInt64(6)),
        ChangedAt = ToTime(row.GetInt64(7)),
    };

    private static AccountGroup ReadGroup(SqliteDataReader row, ILookup<string, GroupMember> members) =>
        new(row.GetString(0))
        {
            Name = row.GetString(1),
            ExternalId = row.GetString(2),
            CreatedAt = ToTime(row.GetInt64(3)),
            ChangedAt = ToTime(row.GetInt64(4)),
            Members = [.. members[row.GetString(0)]],
        };

    private static ApiKey ReadKey(SqliteDataReader row) =>
        new(row.GetString(0), ContentHash.Parse(row.GetString(1)), row.GetString(2))
        {
            Scopes = Split(row.GetString(3)),
            Collections = Split(row.GetString(4)),
            PushSources = Split(row.GetString(5)),
            Note = row.GetString(6),
            CreatedAt = ToTime(row.GetInt64(7)),
            ExpiresAt = ReadTime(row, 8),
        };

    private static DateTimeOffset? ReadTime(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : ToTime(row.GetInt64(column));

    private static DateTimeOffset ToTime(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    // Ids hold no comma; see Principal.IsId.
    private static string Join(IEnumerable<string> values) => string.Join(',', values);

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
