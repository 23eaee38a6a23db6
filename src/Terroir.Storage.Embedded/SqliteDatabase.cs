using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>One SQLite file: WAL, every commit on disk before it returns, one writer at a time.</summary>
/// <remarks>Microsoft.Data.Sqlite works synchronously; calls are short. Safe to call from several threads. After an
/// input/output error the database refuses every call until the process starts anew: what a failed fsync left in the
/// file is not known before it is read again.</remarks>
internal sealed class SqliteDatabase : IDisposable
{
    private const int NotPermitted = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int NoMemory = 7;
    private const int ReadOnly = 8;
    private const int InputOutputError = 10;
    private const int DiskFull = 13;
    private const int CannotOpen = 14;

    // What is deleted is overwritten, so that an erasure need not look at the file's free space.
    private const string Settings =
        "pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=10000; pragma foreign_keys=on; "
        + "pragma secure_delete=on;";

    private readonly string _store;
    private readonly string _connectionString;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SqliteConnection _writer;
    private volatile StorageFailedException? _failure;

    /// <summary>Opens or creates a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="timeProvider">Its clock.</param>
    /// <param name="store">What errors call it, and which migrations it has.</param>
    public SqliteDatabase(string path, TimeProvider timeProvider, string store = "metastore")
    {
        _store = store;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true }.ToString();
        TimeProvider = timeProvider;
        _writer = Guard("open", Connect);
        Guard("migrate", () => SqliteMigrations.Apply(_writer, store));
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
                var transaction = _writer.BeginTransaction(deferred: false);
                try
                {
                    var result = change(transaction);
                    transaction.Commit();
                    return result;
                }
                finally
                {
                    RollBack(transaction);
                }
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
        return Task.FromResult(Read(action, reading));
    }

    /// <summary>Runs a reading in one transaction: it sees one state.</summary>
    public T Read<T>(string action, Func<SqliteTransaction, T> reading) => Guard(action, () =>
    {
        using var connection = Connect();
        using var transaction = connection.BeginTransaction(deferred: true);
        return reading(transaction);
    });

    /// <summary>Writes a copy of the whole file, as one moment has it.</summary>
    /// <param name="path">A file that is not there.</param>
    public void CopyTo(string path) => Guard("copy", () =>
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "vacuum into $path";
        command.Parameters.AddWithValue("$path", path);
        return command.ExecuteNonQuery();
    });

    /// <summary>Writes the file anew without what a version before secure deletion left in it, and empties the log of
    /// changes, which still has pages of before.</summary>
    public async Task ScrubAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            Guard("scrub", () =>
            {
                using var command = _writer.CreateCommand();
                command.CommandText = "vacuum";
                command.ExecuteNonQuery();
                command.CommandText = "pragma wal_checkpoint(truncate)";
                return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0
                    ? true
                    : throw new StorageFailedException(
                        _store,
                        "scrub while another process reads",
                        isTransient: true,
                        new InvalidOperationException("The log of changes could not be emptied."));
            });
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose()
    {
        SqliteConnection.ClearPool(_writer);
        _writer.Dispose();
        _writing.Dispose();
    }

    // Ends a transaction that was not committed. The first failure is the one to report.
    private static void RollBack(SqliteTransaction transaction)
    {
        try
        {
            transaction.Dispose();
        }
        catch (SqliteException)
        {
            // The database ended the transaction by itself when the change failed.
        }
    }

    private T Guard<T>(string action, Func<T> work)
    {
        if (_failure is { } failure)
        {
            const string After = "any call after an input/output error";
            throw new StorageFailedException(_store, After, isTransient: false, failure);
        }

        try
        {
            return work();
        }
        catch (SqliteException exception)
        {
            var isTransient = exception.SqliteErrorCode
                is NotPermitted or Busy or Locked or NoMemory or ReadOnly or DiskFull or CannotOpen;
            var failed = new StorageFailedException(_store, action, isTransient, exception);
            if (exception.SqliteErrorCode == InputOutputError)
            {
                _failure = failed;
            }

            throw failed;
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
