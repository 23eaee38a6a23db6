using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Terroir.Connectors.Connecting;

namespace Terroir.Connectors.Sql;

/// <summary>A SQLite file, opened for reading only.</summary>
internal sealed class SqliteDatabase(string path) : ISqlDatabase
{
    private const int Generic = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Interrupted = 9;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    public string Location => path;

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA query_only = 1; PRAGMA trusted_schema = 0";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public string SizeOf(string expression) => $"length(CAST({expression} AS blob))";

    public string IsId(string column) => $"({column} = @id OR {column} = @number)";

    public void AddId(DbCommand command, string id)
    {
        AddText(command, "@id", id);
        var isNumber = long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        Add(command, "@number", isNumber ? number : DBNull.Value);
    }

    public void AddText(DbCommand command, string name, string? value) =>
        Add(command, name, (object?)value ?? DBNull.Value);

    // Deferred: it takes no lock to write.
    public Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public IDisposable? EndOn(DbConnection connection, CancellationToken cancellationToken) =>
        cancellationToken.Register(() =>
        {
            if (((SqliteConnection)connection).Handle is { IsClosed: false } handle)
            {
                raw.sqlite3_interrupt(handle);
            }
        });

    public SourceFaultException Explain(DbException exception, TimeSpan timeout) =>
        (exception as SqliteException)?.SqliteErrorCode switch
        {
            Generic => new SourceFaultException(
                $"SQLite does not understand the query or one of its columns: {Shorten(exception.Message)}",
                exception),
            Interrupted => SqlFaults.TooLong(timeout),
            Busy or Locked => new SourceFaultException("Another program locks the file. Try again later.", exception)
            {
                IsTransient = true,
            },
            CannotOpen => new SourceFaultException(
                "There is no such file, or it may not be read. A file in WAL mode also needs its folder to be "
                + "writable, or its -shm file to be there.",
                exception),
            NoDatabase => new SourceFaultException("The file is no SQLite database, or it is encrypted.", exception),
            _ => new SourceFaultException(
                "SQLite cannot read the file. Check it with 'PRAGMA integrity_check'.",
                exception),
        };

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // "SQLite Error 1: 'no such column: q.x'.": names of the schema and of the query, never data.
    private static string Shorten(string message) =>
        message[(message.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
