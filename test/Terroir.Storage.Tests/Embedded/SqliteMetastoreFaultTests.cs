using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

/// <summary>A disk that fails under the real metastore.</summary>
public sealed class SqliteMetastoreFaultTests : IDisposable
{
    private const int InputOutputError = 10;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string File => _folder["metastore.db"];

    public void Dispose() => _folder.Dispose();

    // SQLite itself reports the full disk: the file may not grow beyond some pages.
    [Fact]
    public async Task A_full_disk_is_reported_changes_nothing_and_passes()
    {
        using var database = new SqliteDatabase(File, TimeProvider.System);
        var jobs = new SqliteJobStore(database);
        await jobs.EnqueueAsync([Request(10)], Stop);
        await LimitPagesAsync(database, 1);

        var exception = await Assert.ThrowsAsync<StorageFailedException>(() =>
            jobs.EnqueueAsync([Request(1), Request(60_000)], Stop));

        Assert.True(exception.IsTransient);
        Assert.Equal(1, (await jobs.ReadStatusAsync(Stop))[0].WaitingCount);
        await LimitPagesAsync(database, 1_000_000);
        Assert.Equal(2, await jobs.EnqueueAsync([Request(1), Request(60_000)], Stop));
    }

    [Fact]
    public async Task An_input_output_error_ends_the_store_and_what_was_acknowledged_is_there_after_reopening()
    {
        using (var database = new SqliteDatabase(File, TimeProvider.System))
        {
            var jobs = new SqliteJobStore(database);
            await jobs.EnqueueAsync([Request(10)], Stop);
            await Assert.ThrowsAsync<StorageFailedException>(() => database.WriteAsync<int>(
                "commit",
                _ => throw new SqliteException("disk I/O error", InputOutputError),
                Stop));

            Assert.False((await Assert.ThrowsAsync<StorageFailedException>(() =>
                jobs.EnqueueAsync([Request(10)], Stop))).IsTransient);
            await Assert.ThrowsAsync<StorageFailedException>(() => jobs.ReadStatusAsync(Stop));
        }

        await using var reopened = SqliteMetastore.Open(File, TimeProvider.System);
        Assert.Equal(1, (await reopened.Jobs.ReadStatusAsync(Stop))[0].WaitingCount);
    }

    [Fact]
    public async Task A_change_that_throws_is_rolled_back()
    {
        using var database = new SqliteDatabase(File, TimeProvider.System);
        var jobs = new SqliteJobStore(database);

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync<int>(
            "enqueue",
            transaction =>
            {
                SqliteJobStore.Add(transaction, [Request(1)], database.Now);
                throw new InvalidOperationException();
            },
            Stop));

        Assert.Empty(await jobs.ReadStatusAsync(Stop));
        Assert.Equal(1, await jobs.EnqueueAsync([Request(1)], Stop));
    }

    [Fact]
    public void A_file_that_is_no_database_is_a_clear_error()
    {
        System.IO.File.WriteAllText(File, new string('x', 5_000));

        Assert.Equal(
            "TER5001",
            Assert.Throws<StorageFailedException>(() => SqliteMetastore.Open(File, TimeProvider.System)).Code);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Nobody_but_the_owner_and_its_group_may_read_the_file()
    {
        await using var store = SqliteMetastore.Open(File, TimeProvider.System);
        await store.Catalog.CreateCollectionAsync(StoreSamples.Chu, Stop);

        Assert.All(
            Directory.GetFiles(_folder.Path),
            file => Assert.False(System.IO.File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead), file));
    }

    [Fact]
    public void A_network_file_system_is_refused_with_what_to_do()
    {
        var exception = Assert.Throws<StorageFailedException>(() => SqliteMetastore.RefuseNetwork(DriveType.Network));

        Assert.EndsWith("Put the site's folder on a local disk.", exception.Message, StringComparison.Ordinal);
        SqliteMetastore.RefuseNetwork(new DriveInfo(_folder.Path).DriveType);
    }

    [Fact]
    public async Task Two_processes_on_one_file_see_one_lease()
    {
        await using var one = SqliteMetastore.Open(File, TimeProvider.System);
        await using var other = SqliteMetastore.Open(File, TimeProvider.System);
        var owners = new[] { one, other, one, other, one, other, one, other };

        var leases = await Task.WhenAll(owners.Index().Select(owner => Task.Run(
            () => owner.Item.Leases.AcquireAsync("gc", $"owner {owner.Index}", TimeSpan.FromMinutes(1), Stop),
            Stop)));

        Assert.Single(leases, lease => lease is not null);
    }

    private static JobRequest Request(int length) => new("merge", StoreSamples.Chu, new string('x', length));

    // The limit is never below the file's size: 1 stands for "no page more".
    private static Task<int> LimitPagesAsync(SqliteDatabase database, int count) => database.WriteAsync(
        "limit",
        transaction => transaction.Execute($"pragma max_page_count = {count}"),
        Stop);
}
