namespace Terroir.Retrieval.Encoders;

/// <summary>Gives the passages of collections vectors of the encoder that the operator chose, and keeps the vectors
/// that there are in few blocks. Safe to call from several threads and processes at once.</summary>
public interface IPassageEmbedding
{
    /// <summary>Embeds all passages that have no vector, puts the encoder in force once all have one, and drops what
    /// is no longer needed. What was committed stays when it is stopped or killed, and the next call goes on.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="progress">Told after each commit; may be none.</param>
    /// <param name="cancellationToken">Stops the work between two passages.</param>
    /// <returns>The state after it; <see langword="null"/> if there is no such collection, or neither an encoder nor
    /// a vector.</returns>
    /// <exception cref="LeaseHeldException">Another process writes to the collection for long.</exception>
    /// <exception cref="VectorUnusableException">The encoder made something that is no vector of its own.</exception>
    Task<EmbeddingState?> RunAsync(
        CollectionId collection,
        IProgress<EmbeddingState>? progress,
        CancellationToken cancellationToken);

    /// <summary>Writes every block of vectors anew: without those of documents that are gone, and sealed under the
    /// newest key.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>How many blocks were written anew.</returns>
    /// <exception cref="LeaseHeldException">Another process writes to the collection for long.</exception>
    Task<int> RenewAsync(CollectionId collection, CancellationToken cancellationToken);

    /// <summary>Reads how far the vectors of a collection are.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The state; <see langword="null"/> if there is no such collection, or neither an encoder nor a vector.
    /// </returns>
    Task<EmbeddingState?> ReadStateAsync(CollectionId collection, CancellationToken cancellationToken);
}

/// <summary>How far the vectors of a collection are.</summary>
/// <param name="InForce">The id of the encoder that searches use; <see langword="null"/> for none.</param>
/// <param name="Encoder">The id of the encoder that passages are embedded with; <see langword="null"/> for none.
/// </param>
/// <param name="EmbeddedCount">How many passages have its vectors; of that in force where none is chosen.</param>
/// <param name="PassageCount">How many passages there are.</param>
/// <param name="UnreadableCount">How many documents could not be read, and so have no vectors.</param>
public sealed record EmbeddingState(
    string? InForce,
    string? Encoder,
    int EmbeddedCount,
    int PassageCount,
    int UnreadableCount);
