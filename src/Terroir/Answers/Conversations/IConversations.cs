using Terroir.Access;

namespace Terroir.Answers.Conversations;

/// <summary>The conversations of a site: each belongs to one person, and to others it is as if it were not
/// there.</summary>
/// <remarks>Safe to call from several threads and processes at once. A person has at most
/// <see cref="ConversationCountMax"/> conversations of at most <see cref="TurnCountMax"/> turns; the oldest make room.
/// A conversation without a turn for <see cref="AgeMax"/> is deleted.</remarks>
public interface IConversations
{
    /// <summary>How many turns a conversation keeps.</summary>
    const int TurnCountMax = 50;

    /// <summary>How many conversations a person has.</summary>
    const int ConversationCountMax = 100;

    /// <summary>How large a turn is that is kept, in bytes: a longer answer is cut.</summary>
    const int TurnSizeMaxBytes = 64 << 10;

    /// <summary>How long a conversation is kept after its last turn.</summary>
    static readonly TimeSpan AgeMax = TimeSpan.FromDays(90);

    /// <summary>Lists the conversations of a person.</summary>
    /// <param name="asker">The person.</param>
    /// <returns>The conversations, the latest first.</returns>
    IReadOnlyList<ConversationSummary> List(Asker asker);

    /// <summary>Reads a conversation.</summary>
    /// <param name="asker">The person whose it is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The conversation, without the answers whose documents are no longer there for the person;
    /// <see langword="null"/> if the person has none of that id.</returns>
    Task<Conversation?> FindAsync(Asker asker, string id, CancellationToken cancellationToken);

    /// <summary>Deletes a conversation for good.</summary>
    /// <param name="asker">The person whose it is.</param>
    /// <param name="id">Its id.</param>
    /// <returns>Whether the person had one of that id.</returns>
    bool Delete(Asker asker, string id);

    /// <summary>Deletes every conversation of a person for good, whether or not the directory still has them.</summary>
    /// <param name="user">The person's id.</param>
    /// <returns>How many turns were deleted.</returns>
    int DeletePerson(string user);

    /// <summary>Deletes turns of everybody for good.</summary>
    /// <param name="isGone">Whether a turn goes.</param>
    /// <param name="cancellationToken">Stops between two turns.</param>
    /// <returns>How many turns were deleted.</returns>
    int DeleteTurns(Func<ConversationTurn, bool> isGone, CancellationToken cancellationToken);
}
