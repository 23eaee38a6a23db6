namespace Terroir.Storage.Conformance;

/// <summary>What every <see cref="ILeaseStore"/> promises (invariant I5).</summary>
public abstract class LeaseStoreConformance : MetastoreConformance
{
    private const int RacerCount = 32;
    private const string Name = "collection/chu";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    private ILeaseStore Leases => Store.Leases;

    [Fact]
    public async Task A_free_lease_is_taken_until_a_time()
    {
        var lease = await Leases.AcquireAsync(Name, "a", Duration, Token);

        Assert.Equal(new Lease(Name, "a", 1, Time.GetUtcNow() + Duration), lease);
    }

    [Fact]
    public async Task A_held_lease_is_refused_to_another_owner_until_it_ends()
    {
        await Leases.AcquireAsync(Name, "a", Duration, Token);

        Time.Advance(Duration - TimeSpan.FromMilliseconds(1));
        Assert.Null(await Leases.AcquireAsync(Name, "b", Duration, Token));
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, (await Leases.AcquireAsync(Name, "b", Duration, Token))?.Epoch);
    }

    [Fact]
    public async Task The_same_owner_takes_its_lease_again_with_a_greater_epoch()
    {
        var first = await Leases.AcquireAsync(Name, "a", Duration, Token);
        var second = await Leases.AcquireAsync(Name, "a", Duration, Token);

        Assert.Equal((1L, 2L), (first!.Epoch, second!.Epoch));
        Assert.Null(await Leases.RenewAsync(first, Duration, Token));
    }

    [Fact]
    public async Task A_renewal_extends_and_keeps_the_epoch()
    {
        var lease = await Leases.AcquireAsync(Name, "a", Duration, Token);

        Time.Advance(TimeSpan.FromSeconds(10));
        var renewed = await Leases.RenewAsync(lease!, Duration, Token);

        Assert.Equal(lease! with { Until = Time.GetUtcNow() + Duration }, renewed);
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(await Leases.AcquireAsync(Name, "b", Duration, Token));
    }

    [Fact]
    public async Task A_lease_that_ended_is_not_renewed_even_if_nobody_took_it()
    {
        var lease = await Leases.AcquireAsync(Name, "a", Duration, Token);

        Time.Advance(Duration);

        Assert.Null(await Leases.RenewAsync(lease!, Duration, Token));
    }

    [Fact]
    public async Task A_lease_that_was_taken_over_is_not_renewed()
    {
        var lease = await Leases.AcquireAsync(Name, "a", Duration, Token);
        Time.Advance(Duration);
        await Leases.AcquireAsync(Name, "b", Duration, Token);

        Assert.Null(await Leases.RenewAsync(lease!, Duration, Token));
    }

    [Fact]
    public async Task A_released_lease_is_free_and_its_epoch_never_returns()
    {
        var lease = await Leases.AcquireAsync(Name, "a", Duration, Token);

        await Leases.ReleaseAsync(lease!, Token);

        Assert.Null(await Leases.RenewAsync(lease!, Duration, Token));
        Assert.Equal(2, (await Leases.AcquireAsync(Name, "b", Duration, Token))?.Epoch);
    }

    [Fact]
    public async Task A_late_release_frees_nobody_elses_lease()
    {
        var lease = await Leases.AcquireAsync(Name, "a", Duration, Token);
        Time.Advance(Duration);
        await Leases.AcquireAsync(Name, "b", Duration, Token);

        await Leases.ReleaseAsync(lease!, Token);

        Assert.Null(await Leases.AcquireAsync(Name, "c", Duration, Token));
    }

    [Fact]
    public async Task A_release_of_what_never_was_is_no_error() =>
        await Leases.ReleaseAsync(new Lease("gc", "a", 3, Time.GetUtcNow()), Token);

    [Fact]
    public async Task Leases_of_different_names_do_not_meet()
    {
        await Leases.AcquireAsync(Name, "a", Duration, Token);

        Assert.Equal(1, (await Leases.AcquireAsync("gc", "b", Duration, Token))?.Epoch);
    }

    [Fact]
    public async Task Of_racing_owners_one_wins()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, RacerCount).Select(i =>
            Task.Run(() => Leases.AcquireAsync(Name, $"owner {i}", Duration, Token), Token)));

        Assert.Single(leases, lease => lease is not null);
    }

    [Fact]
    public async Task A_lease_lasts_some_time() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            Leases.AcquireAsync(Name, "a", TimeSpan.Zero, Token));
}
