using Terroir.Storage;

namespace Terroir.Answers.Conversations;

/// <summary>What is done with the conversations of everybody: sweeping, copies, and the end of older copies.</summary>
/// <remarks>Safe to call while people converse. Every member may be called again after it was stopped.</remarks>
public interface IConversationMaintenance
{
    /// <summary>How many turns one sweep deletes; what is left waits for the next one.</summary>
    const int SweepCountMax = 10_000;

    /// <summary>Deletes conversations without a turn for <see cref="IConversations.AgeMax"/>.</summary>
    /// <param name="cancellationToken">Stops between two people.</param>
    /// <returns>How many turns were deleted; about <see cref="SweepCountMax"/> at most.</returns>
    int Sweep(CancellationToken cancellationToken);

    /// <summary>Makes a copy like the site: turns that it lacks are copied as they are stored, and turns that the site
    /// no longer has go from it.</summary>
    /// <param name="target">The copy.</param>
    /// <param name="cancellationToken">Stops between two turns.</param>
    /// <returns>How many turns were copied.</returns>
    int BackUp(IConversationStore target, CancellationToken cancellationToken);

    /// <summary>Takes the turns of a copy that can be opened and are not too old.</summary>
    /// <param name="backup">The copy.</param>
    /// <param name="isErased">Whether a document was erased: what cites it does not come back.</param>
    /// <param name="cancellationToken">Stops between two turns.</param>
    /// <returns>How many turns were taken.</returns>
    int Restore(IConversationStore backup, Func<CitedDocument, bool> isErased, CancellationToken cancellationToken);

    /// <summary>Seals every turn that is left under a new key, and destroys the older ones: copies from before open no
    /// more.</summary>
    /// <param name="cancellationToken">Stops between two turns, before anything is destroyed.</param>
    /// <returns>How many turns were written anew.</returns>
    int CloseOlderCopies(CancellationToken cancellationToken);
}
