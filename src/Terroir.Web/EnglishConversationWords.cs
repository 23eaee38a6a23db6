namespace Terroir.Web;

/// <summary>The words of the pages of conversations in English.</summary>
internal static class EnglishConversationWords
{
    public static ConversationText All { get; } = new()
    {
        Navigation = "Conversations",
        Title = "Your conversations",
        Hint =
            "In a conversation a question may lean on the one before it. Nobody but you sees your conversations; they "
            + "are deleted 90 days after the last question.",
        NewTitle = "Begin a conversation",
        NewButton = "Begin",
        ListTitle = "Conversations that are kept",
        None = "You have no conversation.",
        TurnCount = "Questions",
        ChangedAt = "Last question",
        Show = "Show",
        PageTitle = "Conversation",
        Asked = "Question",
        UnderstoodAs = "Understood as:",
        KeptBack =
            "This answer is no longer shown: a document that it cites has changed, is gone, or may no longer be read "
            + "by you. Ask again.",
        NotKept = "This answer was too long to be kept.",
        Cited = "Cited documents",
        ContinueTitle = "Go on",
        ContinueHint = "The question may lean on the one before it, for instance “And for emergencies?”.",
        DeleteTitle = "Delete",
        DeleteHint = "The questions and answers are erased at once and for good. The receipts stay.",
        DeleteButton = "Delete this conversation",
        Back = "All your conversations",
        NotFoundText = "You have no such conversation.",
        EmptyQuestion = "Write a question.",
        NotFromHereTitle = "Request refused",
        NotFromHereText = "This form was not sent from a page of this site. Nothing was done.",
    };
}
