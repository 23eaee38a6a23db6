using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>What an operator does to the store.</summary>
public interface ICatalogMaintenance
{
    /// <summary>Deletes objects that nothing needs.</summary>
    /// <param name="grace">Leave what was let go more recently than this.</param>
    /// <param name="cancellationToken">Stops between two rounds.</param>
    /// <returns>What was deleted.</returns>
    /// <exception cref="LeaseHeldException">Another process collects.</exception>
    Task<IReadOnlyList<StoredObject>> CollectGarbageAsync(TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>Checks every object, manifest and document of every collection.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>What was read, and what is wrong.</returns>
    Task<StoreReport> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Puts lost collections back from the manifests in the object store.</summary>
    /// <param name="cancellationToken">Stops between two collections.</param>
    /// <returns>The collections that came back.</returns>
    /// <exception cref="ManifestInvalidException">The chain of manifests is broken or forged.</exception>
    /// <exception cref="ManifestForkException">The metastore was not lost but is older than the manifests; what was
    /// lost is back all the same.</exception>
    Task<IReadOnlyList<CollectionHead>> RebuildAsync(CancellationToken cancellationToken);

    /// <summary>Copies everything that the heads need to another store; what is there already is not copied again.
    /// </summary>
    /// <param name="target">The other store.</param>
    /// <param name="cancellationToken">Stops between two objects.</param>
    /// <returns>How many objects and manifests were copied.</returns>
    Task<int> BackUpAsync(IObjectStore target, CancellationToken cancellationToken);

    /// <summary>Copies everything from a backup; <see cref="RebuildAsync"/> then makes it live.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="cancellationToken">Stops between two objects.</param>
    /// <returns>What was copied, and what was left out.</returns>
    /// <exception cref="BlobCorruptException">An object of the backup is not what it was.</exception>
    /// <exception cref="ManifestInvalidException">A manifest of the backup is damaged or of another site.</exception>
    Task<RestoreReport> RestoreAsync(IObjectStore backup, CancellationToken cancellationToken);
}

/// <summary>What a restoring did.</summary>
/// <param name="CopiedCount">How many objects and manifests were copied.</param>
/// <param name="Unfinished">The collections whose newest backup was interrupted: they come back as of the one before
/// it.</param>
public sealed record RestoreReport(int CopiedCount, IReadOnlyList<CollectionId> Unfinished);

/// <summary>What a check found.</summary>
/// <param name="ObjectCount">Objects read and hashed.</param>
/// <param name="DocumentCount">Live documents whose bytes were found.</param>
/// <param name="ManifestCount">Manifests whose signature and chain were checked.</param>
/// <param name="Problems">What is wrong, a sentence each; empty if all is sound.</param>
public sealed record StoreReport(
    int ObjectCount,
    int DocumentCount,
    int ManifestCount,
    IReadOnlyList<string> Problems);
