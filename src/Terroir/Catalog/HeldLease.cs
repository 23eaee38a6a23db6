using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>A lease that this process holds: it is renewed while work goes on, and the holder deletes nothing when the
/// lease may end soon.</summary>
/// <remarks>The metastore refuses every change under an ended lease, and every renewal of one. Stopping early protects
/// what it cannot refuse: a deletion in the object store. Safe to call from several threads at once.</remarks>
internal sealed class HeldLease : IDisposable
{
    /// <summary>A lease is renewed when this part of its time has passed, and looked at twice as often.</summary>
    /// <remarks>A beat that comes a little early must not wait for the next one until the lease is about to end: timers
    /// and the metastore are late by seconds when another program keeps the disk busy.</remarks>
    internal const int RenewalsOfDuration = 6;

    private static long _ownerCount;

    private readonly ILeaseStore _leases;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _duration;
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private Lease _lease;
    private (long Timestamp, DateTimeOffset Time) _renewedAt;

    private HeldLease(
        ILeaseStore leases,
        TimeProvider timeProvider,
        TimeSpan duration,
        Lease lease,
        (long Timestamp, DateTimeOffset Time) acquiredAt)
    {
        _leases = leases;
        _timeProvider = timeProvider;
        _duration = duration;
        _lease = lease;
        _renewedAt = acquiredAt;
    }

    /// <summary>What a change must name.</summary>
    public Fence Fence => _lease.Fence;

    /// <summary>The epoch of the lease.</summary>
    public long Epoch => _lease.Epoch;

    // A suspended machine stops the monotonic clock, and a person may set the other one back: the greater counts.
    private TimeSpan Age
    {
        get
        {
            var monotonic = _timeProvider.GetElapsedTime(_renewedAt.Timestamp);
            var wall = _timeProvider.GetUtcNow() - _renewedAt.Time;
            return monotonic > wall ? monotonic : wall;
        }
    }

    private bool IsEnding => Age >= _duration * 2 / 3;

    /// <summary>How often <see cref="BeatAsync"/> should look at a lease.</summary>
    /// <param name="duration">How long the lease lasts.</param>
    public static TimeSpan BeatOf(TimeSpan duration) => duration / (2 * RenewalsOfDuration);

    /// <summary>Takes a lease.</summary>
    /// <returns>The lease, or <see langword="null"/> while another holds it.</returns>
    public static async Task<HeldLease?> AcquireAsync(
        ILeaseStore leases,
        TimeProvider timeProvider,
        string name,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        // Read before the call: the lease lasts at least so long from here.
        var acquiredAt = (timeProvider.GetTimestamp(), timeProvider.GetUtcNow());
        var owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Interlocked.Increment(ref _ownerCount)}";
        return await leases.AcquireAsync(name, owner, duration, cancellationToken) is { } lease
            ? new HeldLease(leases, timeProvider, duration, lease, acquiredAt)
            : null;
    }

    /// <summary>Renews the lease when a sixth of its time has passed. However late that is, the metastore decides
    /// whether the lease has ended.</summary>
    /// <exception cref="LeaseLostException">It ended.</exception>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        // Not cancelled: a renewal that is on its way is one call of the metastore, and it is the same renewal.
        await _renewing.WaitAsync(CancellationToken.None);
        try
        {
            if (Age < _duration / RenewalsOfDuration)
            {
                return;
            }

            var renewedAt = (_timeProvider.GetTimestamp(), _timeProvider.GetUtcNow());
            _lease = await _leases.RenewAsync(_lease, _duration, cancellationToken)
                ?? throw new LeaseLostException(_lease.Name);
            _renewedAt = renewedAt;
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <summary>Refuses to go on when the lease may end soon. To be called just before a deletion.</summary>
    /// <exception cref="LeaseLostException">Two thirds of its time passed without a renewal.</exception>
    public void ThrowIfEnding()
    {
        if (IsEnding)
        {
            throw new LeaseLostException(_lease.Name);
        }
    }

    /// <summary>Keeps the lease while its holder works or waits, until the lease is lost or the timer is disposed.
    /// </summary>
    /// <param name="timer">Ticks as <see cref="BeatOf"/> says.</param>
    /// <returns>A task that never fails.</returns>
    public async Task BeatAsync(PeriodicTimer timer)
    {
        try
        {
            while (await timer.WaitForNextTickAsync(CancellationToken.None))
            {
                await BeatOnceAsync();
            }
        }
        catch (LeaseLostException)
        {
            // Whoever holds the lease is told by the next step.
        }
    }

    /// <summary>Lets others take the lease.</summary>
    public Task ReleaseAsync() => _leases.ReleaseAsync(_lease, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose() => _renewing.Dispose();

    private async Task BeatOnceAsync()
    {
        try
        {
            await KeepAsync(CancellationToken.None);
        }
        catch (StorageFailedException)
        {
            // The next beat tries again; the metastore tells when it is too late.
        }
    }
}
