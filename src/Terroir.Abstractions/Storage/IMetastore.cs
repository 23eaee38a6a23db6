namespace Terroir.Storage;

/// <summary>The mutable rows of a site, and the only arbiter of what is published.</summary>
/// <remarks>Members are safe to call from several threads and processes at once. Every implementation passes the suites
/// of <c>Terroir.Storage.Conformance</c>.</remarks>
public interface IMetastore : IAsyncDisposable
{
    /// <summary>Leases.</summary>
    ILeaseStore Leases { get; }

    /// <summary>Collections, documents, segments, generations and pins.</summary>
    ICatalogStore Catalog { get; }

    /// <summary>Sources and quarantine.</summary>
    ISourceStore Sources { get; }

    /// <summary>Jobs.</summary>
    IJobStore Jobs { get; }

    /// <summary>Quality: what people let through, and the trend.</summary>
    IQualityStore Quality { get; }

    /// <summary>Garbage.</summary>
    IGarbageStore Garbage { get; }

    /// <summary>The rows of the ledger.</summary>
    ILedgerStore Ledger { get; }

    /// <summary>Overwrites what deleted and replaced rows left in the files of the store.</summary>
    /// <param name="cancellationToken">Stops before it begins.</param>
    /// <returns>A task that ends when nothing of them is left there.</returns>
    /// <exception cref="StorageFailedException">Another process reads all the time, or there is no room: try again.
    /// </exception>
    Task ScrubAsync(CancellationToken cancellationToken);

    /// <summary>Checks the store's own structure.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>What is wrong, a sentence each; empty if it is sound.</returns>
    Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken);
}
