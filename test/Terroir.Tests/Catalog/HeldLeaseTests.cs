using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Terroir.Catalog;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Tests.Catalog;

public sealed class HeldLeaseTests : IAsyncDisposable
{
    private static readonly TimeSpan Duration = CollectionWriter.LeaseDuration;

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));
    private readonly SqliteMetastore _metastore;

    public HeldLeaseTests() => _metastore = SqliteMetastore.Open(Path.Combine(_folder.Path, "metastore.db"), _time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _metastore.DisposeAsync();
        _folder.Dispose();
    }

    // Beats come early and late by chance: a beat that finds the lease still young must not leave it to the next one
    // until it is about to end.
    [Fact]
    public async Task A_lease_is_kept_however_irregular_its_beats_are() =>
        await Gen.Int[0, (int)(Duration.TotalMilliseconds * 5 / 6) - 1].Array[1, 40].SampleAsync(
            async gaps =>
            {
                using var lease = await AcquireAsync();
                foreach (var gap in gaps)
                {
                    _time.Advance(TimeSpan.FromMilliseconds(gap));
                    await lease.KeepAsync(Stop);
                }

                Assert.True(await IsHeldAsync());
                await lease.ReleaseAsync();
            },
            iter: 50,
            threads: 1);

    [Fact]
    public async Task Two_beats_one_early_and_one_late_by_a_breath_do_not_cost_the_lease()
    {
        using var lease = await AcquireAsync();

        _time.Advance((Duration / 3) - TimeSpan.FromMilliseconds(1));
        await lease.KeepAsync(Stop);
        _time.Advance((Duration / 3) + TimeSpan.FromMilliseconds(2));
        await lease.KeepAsync(Stop);
        lease.ThrowIfEnding();

        Assert.True(await IsHeldAsync());
    }

    [Fact]
    public async Task A_renewal_that_a_busy_disk_holds_up_for_most_of_the_lease_still_counts()
    {
        var slow = new SlowLeases(_metastore.Leases);
        using var lease = await AcquireAsync(slow);
        _time.Advance(Duration / 6);

        var beat = lease.KeepAsync(Stop);
        var step = lease.KeepAsync(Stop);
        _time.Advance(Duration * 3 / 4);
        slow.Continue.SetResult();
        await Task.WhenAll(beat, step);

        Assert.True(await IsHeldAsync());
    }

    [Fact]
    public async Task The_holder_of_an_ended_lease_is_told()
    {
        using var lease = await AcquireAsync();

        _time.Advance(Duration + TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<LeaseLostException>(() => lease.KeepAsync(Stop));
        Assert.Throws<LeaseLostException>(lease.ThrowIfEnding);
    }

    [Fact]
    public async Task Nothing_is_deleted_when_two_thirds_of_the_lease_have_passed()
    {
        using var lease = await AcquireAsync();

        _time.Advance(Duration * 2 / 3);

        Assert.Throws<LeaseLostException>(lease.ThrowIfEnding);
        await lease.KeepAsync(Stop);
        lease.ThrowIfEnding();
    }

    private async Task<HeldLease> AcquireAsync(ILeaseStore? leases = null) =>
        (await HeldLease.AcquireAsync(leases ?? _metastore.Leases, _time, "any", Duration, Stop))!;

    private async Task<bool> IsHeldAsync() =>
        await _metastore.Leases.AcquireAsync("any", "other", Duration, Stop) is null;

    /// <summary>Holds the first renewal up until it is told to go on.</summary>
    private sealed class SlowLeases(ILeaseStore leases) : ILeaseStore
    {
        public TaskCompletionSource Continue { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Lease?> AcquireAsync(
            string name,
            string owner,
            TimeSpan duration,
            CancellationToken cancellationToken) => leases.AcquireAsync(name, owner, duration, cancellationToken);

        public async Task<Lease?> RenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken)
        {
            await Continue.Task.WaitAsync(cancellationToken);
            return await leases.RenewAsync(lease, duration, cancellationToken);
        }

        public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) =>
            leases.ReleaseAsync(lease, cancellationToken);
    }
}
