namespace Terroir.Storage.Embedded;

/// <summary>The metastore in one SQLite file.</summary>
public sealed class SqliteMetastore : IMetastore
{
    private readonly SqliteDatabase _database;

    private SqliteMetastore(SqliteDatabase database)
    {
        _database = database;
        Leases = new SqliteLeaseStore(database);
        Catalog = new SqliteCatalogStore(database);
        Sources = new SqliteSourceStore(database);
        Jobs = new SqliteJobStore(database);
        Garbage = new SqliteGarbageStore(database);
    }

    /// <inheritdoc/>
    public ILeaseStore Leases { get; }

    /// <inheritdoc/>
    public ICatalogStore Catalog { get; }

    /// <inheritdoc/>
    public ISourceStore Sources { get; }

    /// <inheritdoc/>
    public IJobStore Jobs { get; }

    /// <inheritdoc/>
    public IGarbageStore Garbage { get; }

    /// <summary>Opens or creates a metastore.</summary>
    /// <param name="path">The file; not on a network file system.</param>
    /// <param name="timeProvider">The metastore's clock.</param>
    /// <returns>The metastore.</returns>
    /// <exception cref="StorageFailedException">The file cannot be opened, or is newer than this program.</exception>
    public static SqliteMetastore Open(string path, TimeProvider timeProvider)
    {
        DurableFile.EnsureFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new SqliteMetastore(new SqliteDatabase(path, timeProvider));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<string>>(
            "check",
            transaction =>
            [
                .. transaction.Query("pragma integrity_check", row => row.GetString(0))
                    .Where(line => !string.Equals(line, "ok", StringComparison.Ordinal)),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }
}
