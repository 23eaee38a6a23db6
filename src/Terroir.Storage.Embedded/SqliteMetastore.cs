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
        Quality = new SqliteQualityStore(database);
        Garbage = new SqliteGarbageStore(database);
        Ledger = new SqliteLedgerStore(database);
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
    public IQualityStore Quality { get; }

    /// <inheritdoc/>
    public IGarbageStore Garbage { get; }

    /// <inheritdoc/>
    public ILedgerStore Ledger { get; }

    /// <summary>Opens or creates a metastore.</summary>
    /// <param name="path">The file; not on a network file system.</param>
    /// <param name="timeProvider">The metastore's clock.</param>
    /// <returns>The metastore.</returns>
    /// <exception cref="StorageFailedException">The file cannot be opened, is on a network file system, or is newer
    /// than this program.</exception>
    public static SqliteMetastore Open(string path, TimeProvider timeProvider)
    {
        Prepare(path);
        return new SqliteMetastore(new SqliteDatabase(path, timeProvider));
    }

    /// <summary>Makes the folder and the file of a database, for its owner alone, on a disk of this machine.</summary>
    internal static void Prepare(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        DurableFile.EnsureFolder(folder);
        RefuseNetwork(DriveTypeOf(folder));
        EnsureFile(path);
    }

    /// <summary>Refuses a drive whose locks and shared memory do not hold between machines.</summary>
    /// <exception cref="StorageFailedException">It is a network drive.</exception>
    internal static void RefuseNetwork(DriveType type)
    {
        if (type == DriveType.Network)
        {
            throw new StorageFailedException(
                "metastore",
                "open",
                isTransient: false,
                new NotSupportedException("The folder is on a network file system, where SQLite loses data."),
                "Put the site's folder on a local disk.");
        }
    }

    /// <inheritdoc/>
    public Task ScrubAsync(CancellationToken cancellationToken) => _database.ScrubAsync(cancellationToken);

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

    // SQLite would let everybody read the file. It gives the mode of this one to those beside it; an empty file is an
    // empty database.
    private static void EnsureFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        options.Share = FileShare.ReadWrite | FileShare.Delete;
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = DurableFileWriter.DefaultMode;
        }

        try
        {
            using var file = new FileStream(path, options);
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of("metastore", "open", exception);
        }
    }

    // On Linux the base library asks statfs and knows NFS, SMB and their kin. What it cannot tell is let pass.
    private static DriveType DriveTypeOf(string folder)
    {
        try
        {
            return new DriveInfo(folder).DriveType;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return DriveType.Unknown;
        }
    }
}
