namespace Terroir.Storage;

/// <summary>The name of a turn of a conversation.</summary>
/// <param name="Conversation">The conversation; 32 hexadecimal digits.</param>
/// <param name="Turn">The turn; 32 hexadecimal digits, of which the first 16 are when it was, in milliseconds since
/// 1970, so that the order of names is that of time.</param>
public sealed record ConversationTurnName(string Conversation, string Turn);
