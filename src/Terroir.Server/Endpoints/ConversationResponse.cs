using Terroir.Answers.Conversations;

namespace Terroir.Server.Endpoints;

/// <summary>A conversation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Turns">Its turns, the oldest first.</param>
public sealed record ConversationResponse(string Id, IReadOnlyList<TurnResponse> Turns)
{
    /// <summary>Translates a conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <returns>The same, for the wire.</returns>
    public static ConversationResponse From(Conversation conversation) => new(
        conversation.Id,
        [
            .. conversation.Turns.Select(turn => new TurnResponse(
                turn.At,
                turn.Asked,
                turn.Query,
                turn.IsKeptBack ? null : turn.Answer,
                turn.IsRefused,
                turn.IsKeptBack,
                turn.Receipt == default ? null : $"/api/receipts/{turn.Receipt.Hex}")),
        ]);
}

/// <summary>A question of a conversation and its answer.</summary>
/// <param name="At">When it was answered.</param>
/// <param name="Asked">The question as it was asked.</param>
/// <param name="Question">The question as it stands alone.</param>
/// <param name="Answer">The answer; none if it is kept back.</param>
/// <param name="Refused">Whether nothing readable supported an answer.</param>
/// <param name="KeptBack">Whether the answer is kept back, because a document that it cites was changed, deleted or
/// revoked since.</param>
/// <param name="Receipt">The path of the receipt.</param>
public sealed record TurnResponse(
    DateTimeOffset At,
    string Asked,
    string Question,
    string? Answer,
    bool Refused,
    bool KeptBack,
    string? Receipt);

/// <summary>The conversations of a person.</summary>
/// <param name="Conversations">The conversations, the latest first.</param>
public sealed record ConversationList(IReadOnlyList<ConversationLine> Conversations);

/// <summary>A conversation in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its first question.</param>
/// <param name="Turns">How many turns it has.</param>
/// <param name="ChangedAt">When the last one was.</param>
public sealed record ConversationLine(string Id, string Title, int Turns, DateTimeOffset ChangedAt)
{
    /// <summary>Translates a summary.</summary>
    /// <param name="summary">The summary.</param>
    /// <returns>The same, for the wire.</returns>
    public static ConversationLine From(ConversationSummary summary) =>
        new(summary.Id, summary.Title, summary.TurnCount, summary.ChangedAt);
}
