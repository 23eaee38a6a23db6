namespace Terroir.Storage;

/// <summary>Keeps the turns of conversations as bytes that it does not read.</summary>
/// <remarks>Safe to call from several threads and processes at once: a turn is written once and never changed. All
/// names are lower-case hexadecimal digits.</remarks>
public interface IConversationStore
{
    /// <summary>Lists whose turns are kept.</summary>
    /// <returns>The owners, in ordinal order.</returns>
    /// <exception cref="StorageFailedException">The store cannot be read.</exception>
    IReadOnlyList<string> ListOwners();

    /// <summary>Lists the turns of an owner.</summary>
    /// <param name="owner">The owner; 64 digits.</param>
    /// <returns>The turns by conversation, and by name in each.</returns>
    /// <exception cref="StorageFailedException">The store cannot be read.</exception>
    IReadOnlyList<ConversationTurnName> List(string owner);

    /// <summary>Reads a turn.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="turn">The turn.</param>
    /// <returns>Its bytes; <see langword="null"/> if there is none.</returns>
    /// <exception cref="StorageFailedException">The store cannot be read.</exception>
    ReadOnlyMemory<byte>? Read(string owner, ConversationTurnName turn);

    /// <summary>Keeps a turn. Once this returns it is durable.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="turn">A name that no turn has.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="StorageFailedException">It could not be kept.</exception>
    void Put(string owner, ConversationTurnName turn, ReadOnlySpan<byte> content);

    /// <summary>Deletes a turn. Once this returns it is gone for good.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="turn">The turn.</param>
    /// <exception cref="StorageFailedException">It could not be deleted.</exception>
    void Delete(string owner, ConversationTurnName turn);
}
