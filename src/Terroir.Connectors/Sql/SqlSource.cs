using System.Data;
using System.Data.Common;
using System.Text;
using Terroir.Connectors.Connecting;
using Terroir.Documents;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>A query that is open. Calls wait for one another; a connection that broke is opened anew.</summary>
internal sealed class SqlSource(string source, ISqlDatabase database, SqlSettings settings, TimeProvider clock)
    : ISourceConnection
{
    /// <summary>The most rows of one source.</summary>
    internal const int RowCountMax = 1_000_000;

    /// <summary>The most problems that are told of one listing.</summary>
    internal const int ProblemCountMax = 100;

    private const int TrialRowCount = 10;

    private readonly SqlColumns _columns = new(database, settings);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DbConnection? _connection;

    /// <summary>Whether a column says who may read a row.</summary>
    public bool HasReaders => !string.IsNullOrEmpty(settings.Allow);

    /// <summary>Connects.</summary>
    public Task StartAsync(CancellationToken cancellationToken) =>
        InTurnAsync((_, _, _) => Task.FromResult(0), cancellationToken);

    /// <summary>Reads a few rows, to see whether the query and the columns are right.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> TryAsync(CancellationToken cancellationToken) => InTurnAsync(
        async (connection, transaction, token) =>
        {
            await using var command = Make(connection, transaction, _columns.Try(TrialRowCount), since: null);
            await using var reader = await command.ExecuteReaderAsync(token);
            var count = 0;
            while (await reader.ReadAsync(token))
            {
                count++;
            }

            return count;
        },
        cancellationToken);

    public Task<SourceListing> ListAsync(string? cursor, CancellationToken cancellationToken) => InTurnAsync(
        (connection, transaction, token) => ListAsync(connection, transaction, cursor, token),
        cancellationToken);

    public async ValueTask<FetchedItem> FetchAsync(
        ListedItem item,
        long sizeMaxBytes,
        CancellationToken cancellationToken) => await InTurnAsync(
            async (connection, transaction, token) =>
                await TryFetchAsync(connection, transaction, item, sizeMaxBytes, isExact: false, token)
                ?? await TryFetchAsync(connection, transaction, item, sizeMaxBytes, isExact: true, token)
                ?? new FetchedItem(FetchVerdict.Gone, item, default),
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        await database.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<SourceListing> ListAsync(
        DbConnection connection,
        DbTransaction transaction,
        string? cursor,
        CancellationToken cancellationToken)
    {
        var since = settings.TellsChanges ? SqlCursor.TryRead(settings, cursor) : null;
        var rows = new SqlListing(settings);
        await using (var command = Make(connection, transaction, _columns.List(), since))
        {
            await using var reader = await command.ExecuteReaderAsync(
                CommandBehavior.SequentialAccess,
                cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(await ReadAsync(reader, 0, _columns.Listed, cancellationToken));
            }
        }

        var last = settings.TellsChanges
            ? await FindLastAsync(connection, transaction, since, cancellationToken) ?? since
            : null;
        return rows.ToListing(isComplete: since is null, SqlCursor.Write(settings, last));
    }

    private async Task<string?> FindLastAsync(
        DbConnection connection,
        DbTransaction transaction,
        string? since,
        CancellationToken cancellationToken)
    {
        await using var command = Make(connection, transaction, _columns.Last(), since);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private async Task<FetchedItem?> TryFetchAsync(
        DbConnection connection,
        DbTransaction transaction,
        ListedItem item,
        long sizeMaxBytes,
        bool isExact,
        CancellationToken cancellationToken)
    {
        await using var command = Make(connection, transaction, _columns.Fetch(isExact), since: null);
        database.AddId(command, ItemPath.NameOf(item.Path));
        await using var reader = await command.ExecuteReaderAsync(
            CommandBehavior.SequentialAccess,
            cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var size = await reader.IsDBNullAsync(0, cancellationToken) ? 0 : reader.GetInt64(0);
        if (size > sizeMaxBytes)
        {
            return TooLarge(item, sizeMaxBytes);
        }

        var row = new SqlRow(settings, await ReadAsync(reader, 1, _columns.Fetched, cancellationToken));
        var content = settings.Content is null
            ? row.ToContent()
            : await ReadFileAsync(reader, _columns.Fetched.Count + 1, sizeMaxBytes, cancellationToken);
        if (content is null || content.Length > sizeMaxBytes)
        {
            return TooLarge(item, sizeMaxBytes);
        }

        return row.IsDeleted ? new FetchedItem(FetchVerdict.Gone, item, default)
            : await reader.ReadAsync(cancellationToken) ? Ambiguous(item)
            : new FetchedItem(
                FetchVerdict.Fetched,
                row.ToItem(item.Path, out _) with { SizeBytes = item.SizeBytes },
                content);
    }

    private static FetchedItem TooLarge(ListedItem item, long sizeMaxBytes) => new(
        FetchVerdict.TooLarge,
        item,
        default,
        new Remark(RemarkCode.RowTooLarge, $"{sizeMaxBytes}"));

    private static FetchedItem Ambiguous(ListedItem item) => new(
        FetchVerdict.Refused,
        item,
        default,
        new Remark(RemarkCode.RowIsAmbiguous));

    private static async Task<Dictionary<string, string?>> ReadAsync(
        DbDataReader reader,
        int offset,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var index = 0; index < columns.Count; index++)
        {
            // A column may have two roles.
            values[columns[index]] = await reader.IsDBNullAsync(offset + index, cancellationToken)
                ? null
                : reader.GetString(offset + index);
        }

        return values;
    }

    private static async Task<byte[]?> ReadFileAsync(
        DbDataReader reader,
        int index,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        if (await reader.IsDBNullAsync(index, cancellationToken))
        {
            return [];
        }

        if (reader.GetFieldType(index) == typeof(string))
        {
            return Encoding.UTF8.GetBytes(reader.GetString(index));
        }

        await using var stream = reader.GetStream(index);
        return await BoundedContent.ReadAsync(stream, sizeMaxBytes, cancellationToken);
    }

    private DbCommand Make(DbConnection connection, DbTransaction transaction, string sql, string? since)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        if (settings.TakesSince)
        {
            database.AddText(command, "@since", since);
        }

        return command;
    }

    private async Task<T> InTurnAsync<T>(
        Func<DbConnection, DbTransaction, CancellationToken, Task<T>> action,
        CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        using var limit = new CancellationTokenSource(settings.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (_connection is not { State: ConnectionState.Open })
            {
                await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
                _connection = await database.OpenAsync(both.Token);
            }

            using var end = database.EndOn(_connection, both.Token);
            await using var transaction = await database.BeginAsync(_connection, both.Token);
            return await action(_connection, transaction, both.Token);
        }
        catch (SourceFaultException fault)
        {
            throw fault.For(source, database.Location);
        }
        catch (DbException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw database.Explain(exception, settings.Timeout).For(source, database.Location);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw SqlFaults.TooLong(settings.Timeout).For(source, database.Location);
        }
        catch (DbException exception)
        {
            throw new OperationCanceledException("It was stopped.", exception, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>What is wrong, whatever the database.</summary>
internal static class SqlFaults
{
    /// <summary>The query took too long.</summary>
    public static SourceFaultException TooLong(TimeSpan timeout) => new(
        $"The query took longer than {timeout.TotalSeconds:0} seconds. Give it an index, let it read less, or set "
        + "'timeout' higher.");
}
