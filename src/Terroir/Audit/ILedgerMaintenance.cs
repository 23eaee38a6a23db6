using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>What an operator does with the ledger as a whole.</summary>
public interface ILedgerMaintenance
{
    /// <summary>Puts the events back that the tiles hold and the metastore lost.</summary>
    /// <param name="cancellationToken">Stops between two batches; a second run goes on.</param>
    /// <returns>How many events came back.</returns>
    /// <exception cref="LedgerForkedException">The metastore holds other events than the tiles.</exception>
    Task<long> RebuildAsync(CancellationToken cancellationToken);

    /// <summary>Reads every event, bundle and tile, and compares them.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>How many events there are, and what is wrong, a sentence each.</returns>
    Task<LedgerReport> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Copies the ledger, and what belongs to it, to another object store. What is there is not copied again.
    /// </summary>
    /// <param name="target">The other store.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>How many files were copied.</returns>
    /// <exception cref="LedgerForkedException">The other store holds another history.</exception>
    Task<int> BackUpAsync(IObjectStore target, CancellationToken cancellationToken);

    /// <summary>Copies the ledger, and what belongs to it, back from another object store.</summary>
    /// <param name="backup">The other store.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>How many files were copied.</returns>
    /// <exception cref="LedgerForkedException">The site holds another history.</exception>
    Task<int> RestoreAsync(IObjectStore backup, CancellationToken cancellationToken);
}

/// <summary>What a check of the ledger found.</summary>
/// <param name="Size">How many events the checkpoint counts.</param>
/// <param name="PendingCount">How many events wait for the next one.</param>
/// <param name="Problems">What is wrong, a sentence each; empty if it is sound.</param>
public sealed record LedgerReport(long Size, long PendingCount, IReadOnlyList<string> Problems);
