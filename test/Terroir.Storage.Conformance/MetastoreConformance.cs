using Microsoft.Extensions.Time.Testing;

namespace Terroir.Storage.Conformance;

/// <summary>The ground of the metastore's suites: an empty store for each test, and a clock that stands still.
/// </summary>
public abstract class MetastoreConformance : IAsyncLifetime
{
    private IMetastore? _store;

    /// <summary>The clock of the store.</summary>
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));

    /// <summary>The store under test.</summary>
    protected IMetastore Store => _store ?? throw new InvalidOperationException("The store is not open yet.");

    /// <summary>Ends with the test.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _store = await CreateAsync(Time);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates an empty store.</summary>
    /// <param name="timeProvider">Its clock.</param>
    /// <returns>The store; the suite disposes it.</returns>
    protected abstract Task<IMetastore> CreateAsync(TimeProvider timeProvider);

    /// <summary>Removes what <see cref="CreateAsync"/> left, after the store was disposed.</summary>
    /// <returns>A task that ends when it is gone.</returns>
    protected virtual Task RemoveAsync() => Task.CompletedTask;
}
