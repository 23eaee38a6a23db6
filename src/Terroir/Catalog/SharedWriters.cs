using System.Diagnostics.CodeAnalysis;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>The writers that are open in this process: those who join one commit between the commits of its owner, so
/// that one document need not wait until a synchronisation of hours is done.</summary>
/// <remarks>Safe to call from several threads at once. Who shares a writer whose lease is lost fails; who comes after
/// that opens another.</remarks>
internal sealed class SharedWriters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CollectionId, Entry> _entries = [];

    /// <summary>Opens the writer of a collection, or shares the one that others have joined.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="isOwner">Whether to be the only owner; else to join whoever writes.</param>
    /// <param name="openAsync">Opens a writer.</param>
    /// <exception cref="LeaseHeldException">It has an owner, here or in another process.</exception>
    public async Task<ICollectionWriter> OpenAsync(
        CollectionId collection,
        bool isOwner,
        Func<Task<ICollectionWriter>> openAsync)
    {
        var entry = Enter(collection, isOwner);
        await entry.Gate.WaitAsync(CancellationToken.None);
        try
        {
            entry.Writer ??= await openAsync();
            return new Handle(this, collection, entry, entry.Writer, isOwner);
        }
        catch
        {
            Leave(entry, isOwner);
            Forget(collection, entry);
            throw;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private Entry Enter(CollectionId collection, bool isOwner)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(collection, out var entry))
            {
                entry = new Entry();
                _entries.Add(collection, entry);
            }

            if (isOwner && entry.HasOwner)
            {
                throw new LeaseHeldException($"collection/{collection.Value}");
            }

            entry.HasOwner |= isOwner;
            entry.UserCount++;
            return entry;
        }
    }

    private bool Leave(Entry entry, bool isOwner)
    {
        lock (_lock)
        {
            entry.HasOwner &= !isOwner;
            entry.UserCount--;
            return entry.UserCount == 0;
        }
    }

    // Whoever came while the writer was being closed waits at the gate, and opens another.
    private void Forget(CollectionId collection, Entry entry)
    {
        lock (_lock)
        {
            if (entry.UserCount == 0)
            {
                Remove(collection, entry);
            }
        }
    }

    // A lost lease cannot be taken up again: what was planned under it may be outdated.
    private void Retire(CollectionId collection, Entry entry)
    {
        lock (_lock)
        {
            Remove(collection, entry);
        }
    }

    private void Remove(CollectionId collection, Entry entry)
    {
        if (_entries.GetValueOrDefault(collection) == entry)
        {
            _entries.Remove(collection);
        }
    }

    private sealed class Entry
    {
        /// <summary>Held by who opens, commits or closes.</summary>
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public ICollectionWriter? Writer { get; set; }

        public int UserCount { get; set; }

        public bool HasOwner { get; set; }
    }

    [SuppressMessage("Reliability", "CA2213", Justification = "The writer is everybody's; the last handle closes it.")]
    private sealed class Handle(
        SharedWriters writers,
        CollectionId collection,
        Entry entry,
        ICollectionWriter writer,
        bool isOwner) : ICollectionWriter
    {
        private int _isDisposed;

        public CollectionHead Head => writer.Head;

        public Task<CollectionHead> CommitAsync(CatalogChange change, CancellationToken cancellationToken) =>
            InTurnAsync(() => writer.CommitAsync(change, cancellationToken), cancellationToken);

        public Task<bool> MergeAsync(CancellationToken cancellationToken) =>
            InTurnAsync(() => writer.MergeAsync(cancellationToken), cancellationToken);

        public Task<bool> ReplaceVectorsAsync(VectorChange change, CancellationToken cancellationToken) =>
            InTurnAsync(() => writer.ReplaceVectorsAsync(change, cancellationToken), cancellationToken);

        public Task<PurgeReport> PurgeAsync(CancellationToken cancellationToken) =>
            InTurnAsync(() => writer.PurgeAsync(cancellationToken), cancellationToken);

        public Task<RepairReport> RepairAsync(bool isDryRun, CancellationToken cancellationToken) =>
            InTurnAsync(() => writer.RepairAsync(isDryRun, cancellationToken), cancellationToken);

        public Task<bool> RepackAsync(CancellationToken cancellationToken) =>
            InTurnAsync(() => writer.RepackAsync(cancellationToken), cancellationToken);

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            {
                return;
            }

            await entry.Gate.WaitAsync(CancellationToken.None);
            try
            {
                if (writers.Leave(entry, isOwner))
                {
                    entry.Writer = null;
                    await writer.DisposeAsync();
                    writers.Forget(collection, entry);
                }
            }
            finally
            {
                entry.Gate.Release();
            }
        }

        private async Task<T> InTurnAsync<T>(Func<Task<T>> workAsync, CancellationToken cancellationToken)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) == 1, this);
            await entry.Gate.WaitAsync(cancellationToken);
            try
            {
                return await workAsync();
            }
            catch (LeaseLostException)
            {
                writers.Retire(collection, entry);
                throw;
            }
            finally
            {
                entry.Gate.Release();
            }
        }
    }
}
