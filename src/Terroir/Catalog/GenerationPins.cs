using Microsoft.Extensions.Logging;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Pins the generations that this process hands to its searches, so that none of their objects is deleted
/// under a running search.</summary>
/// <remarks>One pin a collection and generation serves all searches: a pin costs a commit of the metastore. It is
/// renewed when a search begins, and given back a while after a newer generation took its place. Safe to call from
/// several threads at once.</remarks>
internal sealed partial class GenerationPins(
    ICatalogStore catalog,
    TimeProvider timeProvider,
    ILogger logger) : IAsyncDisposable
{
    /// <summary>How long a pin lasts without a search.</summary>
    internal static readonly TimeSpan Duration = TimeSpan.FromMinutes(5);

    /// <summary>How long a search on an older generation is given to end.</summary>
    internal static readonly TimeSpan DrainDuration = TimeSpan.FromMinutes(1);

    /// <summary>How often a head that moves meanwhile is read again.</summary>
    private const int AttemptCountMax = 5;

    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly Dictionary<CollectionId, Held> _current = [];
    private readonly List<Held> _old = [];

    /// <summary>Reads a collection and pins what was read.</summary>
    public Task<CollectionState?> ReadStateAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken) =>
        ReadAsync(
            collection,
            () => catalog.ReadStateAsync(collection, since, cancellationToken),
            state => state.Head,
            cancellationToken);

    /// <summary>Reads a collection with its records as they are stored, and pins what was read.</summary>
    public Task<CollectionRecords?> ReadRecordsAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken) =>
        ReadAsync(
            collection,
            () => catalog.ReadRecordsAsync(collection, since, cancellationToken),
            state => state.Head,
            cancellationToken);

    /// <summary>Renews what a search may go on to use, and gives back what none uses any more.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            foreach (var (collection, held) in _current.Where(item => AgeOf(item.Value) > Duration / 3).ToArray())
            {
                await RenewAsync(collection, held, cancellationToken);
            }

            foreach (var held in _old.Where(held => AgeOf(held) > DrainDuration).ToArray())
            {
                _old.Remove(held);
                await catalog.UnpinAsync(held.Pin, cancellationToken);
            }
        }
        catch (StorageFailedException exception)
        {
            LogUnpinned(exception);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Gives back every pin. One that cannot be given back ends by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var held in _current.Values.Concat(_old))
        {
            try
            {
                await catalog.UnpinAsync(held.Pin, CancellationToken.None);
            }
            catch (StorageFailedException exception)
            {
                LogUnpinned(exception);
            }
        }

        _changing.Dispose();
    }

    // The pinned generation, or null when nothing could be pinned.
    private async Task<long?> PinAsync(CollectionId collection, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            var head = await catalog.ReadHeadAsync(collection, cancellationToken);
            var held = _current.GetValueOrDefault(collection);
            if (held is not null && held.Pin.Generation == head?.Generation && AgeOf(held) <= Duration / 3)
            {
                return held.Pin.Generation;
            }

            var startedAt = timeProvider.GetTimestamp();
            var pin = await catalog.PinAsync(collection, "search", Duration, cancellationToken);
            if (held is not null)
            {
                // Searches that began before go on with the older generation.
                _old.Add(held with { StartedAt = startedAt });
            }

            _current.Remove(collection);
            if (pin is not null)
            {
                _current[collection] = new Held(pin, startedAt);
            }

            return pin?.Generation;
        }
        catch (StorageFailedException exception)
        {
            // A full disk must not stop searches; the collector's grace protects them.
            LogUnpinned(exception);
            return null;
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task<T?> ReadAsync<T>(
        CollectionId collection,
        Func<Task<T?>> readAsync,
        Func<T, CollectionHead> headOf,
        CancellationToken cancellationToken)
        where T : class
    {
        T? state = null;
        for (var attempt = 0; attempt < AttemptCountMax; attempt++)
        {
            var pinned = await PinAsync(collection, cancellationToken);
            state = await readAsync();
            if (state is null || pinned is null || pinned == headOf(state).Generation)
            {
                break;
            }
        }

        // A head that moves faster than it can be pinned is protected by the collector's grace.
        return state;
    }

    private async Task RenewAsync(CollectionId collection, Held held, CancellationToken cancellationToken)
    {
        var startedAt = timeProvider.GetTimestamp();
        var pin = await catalog.RenewPinAsync(held.Pin, Duration, cancellationToken)
            ?? await catalog.PinAsync(collection, "search", Duration, cancellationToken);
        _current.Remove(collection);
        if (pin is not null)
        {
            _current[collection] = new Held(pin, startedAt);
        }
    }

    private TimeSpan AgeOf(Held held) => timeProvider.GetElapsedTime(held.StartedAt);

    [LoggerMessage(1502, LogLevel.Warning, "a generation could not be pinned for searches")]
    private partial void LogUnpinned(Exception exception);

    private sealed record Held(Pin Pin, long StartedAt);
}
