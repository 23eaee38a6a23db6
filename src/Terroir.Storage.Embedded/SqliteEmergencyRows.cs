using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>The rows of the identity store that let somebody into a group because of an emergency.</summary>
internal static class SqliteEmergencyRows
{
    private const string OfUser = "user_id = $user and ($group is null or group_id = $group) and ends_at > $now";

    private static readonly long DayMilliseconds = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    private static readonly long KeptMilliseconds = (long)IIdentityStore.EmergenciesKeptFor.TotalMilliseconds;

    public static IReadOnlyList<EmergencyOpening> Read(
        SqliteTransaction transaction,
        string condition,
        params ReadOnlySpan<(string Name, object? Value)> values) => transaction.Query(
            "select id, user_id, group_id, started_at, ends_at, ended_by, is_end_logged from emergency "
                + $"where {condition} order by started_at, id",
            row => new EmergencyOpening(row.GetString(0), row.GetString(1), row.GetString(2))
            {
                StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
                EndsAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
                EndedBy = row.GetString(5),
                IsEndLogged = row.GetBoolean(6),
            },
            values);

    public static bool Open(SqliteTransaction transaction, EmergencyOpening opening, int countMax, long now)
    {
        if (Read(transaction, OfUser, ("$user", opening.User), ("$group", opening.Group), ("$now", now)).Count > 0
            || transaction.Count(
                "select count(*) from emergency where user_id = $user and started_at > $since",
                ("$user", opening.User),
                ("$since", now - DayMilliseconds)) >= countMax)
        {
            return false;
        }

        transaction.Execute(
            "delete from emergency where is_end_logged and ends_at <= $since",
            ("$since", now - KeptMilliseconds));
        transaction.Execute(
            "insert into emergency values ($id, $user, $group, $now, $ends, $by, false)",
            ("$id", opening.Id),
            ("$user", opening.User),
            ("$group", opening.Group),
            ("$now", now),
            ("$ends", opening.EndsAt.ToUnixTimeMilliseconds()),
            ("$by", EmergencyOpening.ByTime));
        return true;
    }

    public static IReadOnlyList<EmergencyOpening> End(
        SqliteTransaction transaction,
        string user,
        string? group,
        string endedBy,
        long now)
    {
        var ended = Read(transaction, OfUser, ("$user", user), ("$group", group), ("$now", now));
        transaction.Execute(
            $"update emergency set ends_at = $now, ended_by = $by where {OfUser}",
            ("$user", user),
            ("$group", group),
            ("$now", now),
            ("$by", endedBy));
        var endedAt = DateTimeOffset.FromUnixTimeMilliseconds(now);
        return [.. ended.Select(opening => opening with { EndsAt = endedAt, EndedBy = endedBy })];
    }

    public static int MarkLogged(SqliteTransaction transaction, string id) =>
        transaction.Execute("update emergency set is_end_logged = true where id = $id", ("$id", id));
}
