using Microsoft.Extensions.Time.Testing;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests;

public sealed class SqliteMetastoreTests : IAsyncLifetime
{
    private static readonly CollectionId Collection = new("c");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private readonly FakeTimeProvider _time = new();
    private SqliteMetastore _metastore = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _metastore = SqliteMetastore.Open(Path.Combine(_folder.FullName, "m.db"), _time);
        await _metastore.Catalog.CreateCollectionAsync(Collection, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _metastore.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_held_lease_is_refused_and_an_ended_one_is_taken_with_a_higher_epoch()
    {
        var first = await AcquireAsync("a");
        var refused = await _metastore.Leases.AcquireAsync("l", "b", TimeSpan.FromSeconds(10), Stop);
        _time.Advance(TimeSpan.FromSeconds(11));
        var second = await AcquireAsync("b");

        Assert.Null(refused);
        Assert.True(second.Epoch > first.Epoch);
        Assert.Null(await _metastore.Leases.RenewAsync(first, TimeSpan.FromSeconds(10), Stop));
    }

    [Fact]
    public async Task The_holder_of_an_ended_lease_publishes_nothing()
    {
        var lease = await AcquireAsync("a");
        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(PublishOutcome.LeaseLost, await PublishAsync(lease, 0, stage: false));
        Assert.Equal(0, (await _metastore.Catalog.ReadHeadAsync(Collection, Stop))!.Generation);
    }

    [Fact]
    public async Task A_generation_is_published_once()
    {
        var lease = await AcquireAsync("a");

        Assert.Equal(PublishOutcome.Published, await PublishAsync(lease, 0, stage: true));
        Assert.Equal(PublishOutcome.Superseded, await PublishAsync(lease, 0, stage: true));
    }

    [Fact]
    public async Task An_object_that_was_not_staged_is_not_published()
    {
        var lease = await AcquireAsync("a");

        Assert.Equal(PublishOutcome.NotStaged, await PublishAsync(lease, 0, stage: false));
    }

    [Fact]
    public async Task A_staged_object_is_garbage_only_when_its_lease_has_ended()
    {
        var writer = await AcquireAsync("a");
        await _metastore.Catalog.StageAsync(Collection, [ContentHash.Of("x"u8)], writer.Fence, Stop);
        var during = await MarkAsync();
        _time.Advance(TimeSpan.FromSeconds(11));
        var after = await MarkAsync();

        Assert.Empty(during);
        Assert.Equal(ContentHash.Of("x"u8), Assert.Single(after).Hash);
    }

    [Fact]
    public async Task Collections_take_turns_and_a_job_is_claimed_once()
    {
        var other = new CollectionId("d");
        await _metastore.Jobs.EnqueueAsync(
            [new("q", Collection, "1"), new("q", Collection, "2"), new("q", other, "3")],
            Stop);

        var first = await _metastore.Jobs.ClaimAsync("q", "w", 2, TimeSpan.FromSeconds(10), Stop);
        var second = await _metastore.Jobs.ClaimAsync("q", "v", 9, TimeSpan.FromSeconds(10), Stop);

        Assert.Equal("1,3", string.Join(',', first.Select(job => job.Payload).Order(StringComparer.Ordinal)));
        Assert.Equal("2", Assert.Single(second).Payload);
    }

    [Fact]
    public async Task A_job_that_fails_too_often_is_a_dead_letter()
    {
        await _metastore.Jobs.EnqueueAsync([new("q", Collection, "1")], Stop);
        for (var attempt = 0; attempt < IJobStore.AttemptCountMax; attempt++)
        {
            var job = (await _metastore.Jobs.ClaimAsync("q", "w", 1, TimeSpan.FromSeconds(10), Stop))[0];
            await _metastore.Jobs.FailAsync(job, "TER5001: disk full", TimeSpan.Zero, Stop);
        }

        Assert.Equal(IJobStore.AttemptCountMax, Assert.Single(await _metastore.Jobs.ListDeadAsync(Stop)).AttemptCount);
    }

    private async Task<Lease> AcquireAsync(string owner) =>
        (await _metastore.Leases.AcquireAsync("l", owner, TimeSpan.FromSeconds(10), Stop))!;

    private async Task<IReadOnlyList<StoredObject>> MarkAsync()
    {
        var lease = await _metastore.Leases.AcquireAsync("gc", "gc", TimeSpan.FromMinutes(1), Stop);
        return (await _metastore.Garbage.MarkAsync(TimeSpan.Zero, 10, lease!.Fence, Stop))!;
    }

    private async Task<PublishOutcome> PublishAsync(Lease lease, long generation, bool stage)
    {
        var item = new StoredObject(ContentHash.Of("records"u8), ObjectKind.Records, 7);
        if (stage)
        {
            await _metastore.Catalog.StageAsync(Collection, [item.Hash], lease.Fence, Stop);
        }

        return await _metastore.Catalog.PublishAsync(
            new Publication
            {
                Collection = Collection,
                ExpectedGeneration = generation,
                Fence = lease.Fence,
                Manifest = new byte[] { 1 },
                ManifestHash = ContentHash.Of([1]),
                Objects = [item],
            },
            Stop);
    }
}
