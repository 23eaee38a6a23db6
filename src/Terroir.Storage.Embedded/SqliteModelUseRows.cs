using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>The rows of the identity store that count what models cost.</summary>
internal static class SqliteModelUseRows
{
    public static ModelCost Read(SqliteTransaction transaction, string user, DateOnly day) => transaction
        .Query(
            "select tokens, milliseconds, millijoules from model_use where user_id = $user and day = $day",
            row => new ModelCost(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            ("$user", user),
            ("$day", Text(day)))
        .SingleOrDefault();

    public static ModelCost? Reserve(
        SqliteTransaction transaction,
        string user,
        DateOnly day,
        ModelCost most,
        ModelCost limit)
    {
        var used = Read(transaction, user, day);
        if (!(used + most).IsWithin(limit))
        {
            return used;
        }

        // Two days are kept: a call that is settled may have been reserved before midnight.
        transaction.Execute("delete from model_use where day < $day", ("$day", Text(day.AddDays(-1))));
        Write(
            transaction,
            "insert or replace into model_use values ($user, $day, $tokens, $time, $energy)",
            user,
            day,
            used + most);
        return null;
    }

    // Where no row is left, the user was removed or the day is over: nothing of them comes back.
    public static int Settle(
        SqliteTransaction transaction,
        string user,
        DateOnly day,
        ModelCost reserved,
        ModelCost used) => Write(
            transaction,
            """
            update model_use set tokens = $tokens, milliseconds = $time, millijoules = $energy
            where user_id = $user and day = $day
            """,
            user,
            day,
            Read(transaction, user, day) - reserved + used);

    private static int Write(
        SqliteTransaction transaction,
        string sql,
        string user,
        DateOnly day,
        ModelCost used) => transaction.Execute(
            sql,
            ("$user", user),
            ("$day", Text(day)),
            ("$tokens", used.Tokens),
            ("$time", used.Milliseconds),
            ("$energy", used.Millijoules));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
