using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>A pinned generation that long work keeps: no object that it needs is deleted meanwhile.</summary>
internal sealed class HeldPin : IAsyncDisposable
{
    /// <summary>How long the generation is kept without a sign of the work.</summary>
    internal static readonly TimeSpan Duration = TimeSpan.FromMinutes(15);

    private readonly CatalogStores _stores;
    private readonly string _owner;
    private Pin _pin;
    private long _renewedAt;

    private HeldPin(CatalogStores stores, string owner, Pin pin, long renewedAt)
    {
        _stores = stores;
        _owner = owner;
        _pin = pin;
        _renewedAt = renewedAt;
    }

    public CollectionId Collection => _pin.Collection;

    public long Generation => _pin.Generation;

    /// <summary>Pins the head.</summary>
    /// <returns>The pin, or <see langword="null"/> if there is no such collection.</returns>
    public static async Task<HeldPin?> TakeAsync(
        CatalogStores stores,
        CollectionId collection,
        string owner,
        CancellationToken cancellationToken)
    {
        var renewedAt = stores.TimeProvider.GetTimestamp();
        var pin = await stores.Metastore.Catalog.PinAsync(collection, owner, Duration, cancellationToken);
        return pin is null ? null : new HeldPin(stores, owner, pin, renewedAt);
    }

    /// <summary>Renews the pin when a third of its time has passed. To be called before each object.</summary>
    /// <exception cref="LeaseLostException">It ended, and objects may be gone.</exception>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (_stores.TimeProvider.GetElapsedTime(_renewedAt) > Duration / 3)
        {
            await RenewAsync(cancellationToken);
        }
    }

    /// <summary>Renews the pin now. To be called when an object is missing: a process that stood still for longer than
    /// its pin has lost it, and then that is no damage.</summary>
    /// <exception cref="LeaseLostException">It ended, and objects may be gone.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var renewedAt = _stores.TimeProvider.GetTimestamp();
        _pin = await _stores.Metastore.Catalog.RenewPinAsync(_pin, Duration, cancellationToken)
            ?? throw new LeaseLostException(_owner);
        _renewedAt = renewedAt;
    }

    /// <summary>Gives the pin back.</summary>
    public async ValueTask DisposeAsync() =>
        await _stores.Metastore.Catalog.UnpinAsync(_pin, CancellationToken.None);
}
