namespace Terroir.Provenance.Merkle;

/// <summary>A ledger that somebody keeps or serves: its checkpoint and its tiles.</summary>
public interface ILedgerSource : ITileSource
{
    /// <summary>Reads the latest checkpoint.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Its bytes, not checked; <see langword="null"/> if there is none.</returns>
    /// <exception cref="ProofFormatException">It is longer than any checkpoint.</exception>
    ValueTask<byte[]?> ReadCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>Reads the minimum index of a log that was pruned.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The signed note (<see cref="Notes.MinimumIndex"/>), not checked; <see langword="null"/> if there is
    /// none.</returns>
    /// <exception cref="ProofFormatException">It is longer than any note.</exception>
    ValueTask<byte[]?> ReadMinimumIndexAsync(CancellationToken cancellationToken);
}
