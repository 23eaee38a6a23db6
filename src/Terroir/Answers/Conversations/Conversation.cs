namespace Terroir.Answers.Conversations;

/// <summary>A conversation of one person.</summary>
/// <param name="Id">Its id: 32 hexadecimal digits, drawn at random.</param>
/// <param name="Turns">Its turns, the oldest first; at least one.</param>
public sealed record Conversation(string Id, IReadOnlyList<ConversationTurn> Turns);

/// <summary>A conversation in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its first question.</param>
/// <param name="TurnCount">How many turns it has.</param>
/// <param name="ChangedAt">When the last one was.</param>
public sealed record ConversationSummary(string Id, string Title, int TurnCount, DateTimeOffset ChangedAt);
