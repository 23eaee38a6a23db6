using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>Short forms of commands and queries.</summary>
internal static class SqliteTransactionExtensions
{
    public static int Execute(
        this SqliteTransaction transaction,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = transaction.Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public static IReadOnlyList<T> Query<T>(
        this SqliteTransaction transaction,
        string sql,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = transaction.Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public static long Count(
        this SqliteTransaction transaction,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = transaction.Command(sql, values);
        return Convert.ToInt64(command.ExecuteScalar() ?? 0L, CultureInfo.InvariantCulture);
    }

    public static string? TextOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset Time(this SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static SqliteCommand Command(
        this SqliteTransaction transaction,
        string sql,
        ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
