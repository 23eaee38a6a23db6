using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>One SQLite file: WAL, every commit on disk before it returns, one writer at a time.</summary>
/// <remarks>Microsoft.Data.Sqlite works synchronously; calls are short. Safe to call from several threads.</remarks>
internal sealed class SqliteDatabase : IDisposable
{
    private const int DiskFull = 13;
    private const int Busy = 5;
    private const string Settings =
        "pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=10000; pragma foreign_keys=on;";

    private readonly string _connectionString;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SqliteConnection _writer;

    public SqliteDatabase(string path, TimeProvider timeProvider)
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true }.ToString();
        TimeProvider = timeProvider;
        _writer = Guard("open", Connect);
        Guard("migrate", () => SqliteMigrations.Apply(_writer));
    }

    public TimeProvider TimeProvider { get; }

    /// <summary>Now, in milliseconds since 1970.</summary>
    public long Now => TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Runs a change in one transaction; it is durable when the task ends.</summary>
    public async Task<T> WriteAsync<T>(
        string action,
        Func<SqliteTransaction, T> change,
        CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return Guard(action, () =>
            {
                using var transaction = _writer.BeginTransaction(deferred: false);
                var result = change(transaction);
                transaction.Commit();
                return result;
            });
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Runs a reading in one transaction: it sees one state.</summary>
    public Task<T> ReadAsync<T>(
        string action,
        Func<SqliteTransaction, T> reading,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Guard(action, () =>
        {
            using var connection = Connect();
            using var transaction = connection.BeginTransaction(deferred: true);
            return reading(transaction);
        }));
    }

    public void Dispose()
    {
        _writer.Dispose();
        _writing.Dispose();
        SqliteConnection.ClearAllPools();
    }

    private static T Guard<T>(string action, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception)
        {
            var isTransient = exception.SqliteErrorCode is DiskFull or Busy;
            throw new StorageFailedException("metastore", action, isTransient, exception);
        }
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
        return connection;
    }
}

/// <summary>Numbered plain-SQL migrations, forward only.</summary>
internal static class SqliteMigrations
{
    /// <summary>Applies what is missing.</summary>
    /// <exception cref="StorageFailedException">The file is newer than this program, or a migration
    /// changed.</exception>
    public static int Apply(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        transaction.Execute(
            "create table if not exists migration (name text primary key, checksum text not null) without rowid");
        var applied = transaction
            .Query("select name, checksum from migration", row => (Name: row.GetString(0), Sum: row.GetString(1)))
            .ToDictionary(row => row.Name, row => row.Sum, StringComparer.Ordinal);
        var known = Assembly.GetExecutingAssembly().GetManifestResourceNames().Order(StringComparer.Ordinal).ToArray();
        if (applied.Keys.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } newer)
        {
            throw Refused($"it has migration '{newer}', which this version of terroir does not know. Upgrade terroir");
        }

        foreach (var name in known)
        {
            var sql = ReadSql(name);
            var checksum = ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(sql)).Hex;
            if (!applied.TryGetValue(name, out var stored))
            {
                transaction.Execute(sql);
                transaction.Execute("insert into migration values ($name, $sum)", ("$name", name), ("$sum", checksum));
            }
            else if (!string.Equals(stored, checksum, StringComparison.Ordinal))
            {
                throw Refused($"migration '{name}' was applied with another text. Restore a backup of this version");
            }
        }

        transaction.Commit();
        return known.Length;
    }

    private static StorageFailedException Refused(string why) =>
        new("metastore", "open", isTransient: false, new InvalidOperationException(why));

    private static string ReadSql(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}

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
