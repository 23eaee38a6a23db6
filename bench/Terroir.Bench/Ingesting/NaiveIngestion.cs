using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Terroir.Bench.Ingesting;

/// <summary>The peer that is as durable: for each document one file with fsync and one row in a transaction of its
/// own, SQLite with a write-ahead log and full synchronisation. It reads, prepares and indexes nothing.</summary>
internal static class NaiveIngestion
{
    /// <summary>Stores files one by one.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> RunAsync(
        IEnumerable<string> files,
        string data,
        CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data);
        await using var database = new SqliteConnection($"Data Source={Path.Combine(data, "rows.db")}");
        await database.OpenAsync(cancellationToken);
        await ExecuteAsync(
            database,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE documents (path TEXT PRIMARY KEY)",
            cancellationToken);
        var started = Stopwatch.GetTimestamp();
        foreach (var file in files)
        {
            var content = await File.ReadAllBytesAsync(file, cancellationToken);
            await using (var copy = File.Create(Path.Combine(data, Path.GetFileName(file))))
            {
                await copy.WriteAsync(content, cancellationToken);
#pragma warning disable RS0030 // The peer does what a naive program does.
                copy.Flush(flushToDisk: true);
#pragma warning restore RS0030
            }

            await using var insert = database.CreateCommand();
            insert.CommandText = "INSERT INTO documents VALUES ($path)";
            insert.Parameters.AddWithValue("$path", file);
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task ExecuteAsync(
        SqliteConnection database,
        string sql,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
