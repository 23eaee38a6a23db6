namespace Terroir.Web;

/// <summary>The words of the pages of conversations in French.</summary>
internal static class FrenchConversationWords
{
    public static ConversationText All { get; } = new()
    {
        Navigation = "Conversations",
        Title = "Vos conversations",
        Hint =
            "Dans une conversation, une question peut s’appuyer sur la précédente. Vous seul voyez vos "
            + "conversations\u202F; elles sont supprimées 90\u00A0jours après la dernière question.",
        NewTitle = "Commencer une conversation",
        NewButton = "Commencer",
        ListTitle = "Conversations gardées",
        None = "Vous n’avez pas de conversation.",
        TurnCount = "Questions",
        ChangedAt = "Dernière question",
        Show = "Afficher",
        PageTitle = "Conversation",
        Asked = "Question",
        UnderstoodAs = "Comprise ainsi\u00A0:",
        KeptBack =
            "Cette réponse n’est plus montrée\u00A0: un document qu’elle cite a changé, n’existe plus, ou ne vous est "
            + "plus lisible. Posez la question de nouveau.",
        NotKept = "Cette réponse était trop longue pour être gardée.",
        Cited = "Documents cités",
        ContinueTitle = "Poursuivre",
        ContinueHint =
            "La question peut s’appuyer sur la précédente, par exemple «\u00A0Et pour les urgences\u202F?\u00A0».",
        DeleteTitle = "Supprimer",
        DeleteHint = "Les questions et les réponses sont effacées aussitôt et pour toujours. Les reçus restent.",
        DeleteButton = "Supprimer cette conversation",
        Back = "Toutes vos conversations",
        NotFoundText = "Vous n’avez pas cette conversation.",
        EmptyQuestion = "Écrivez une question.",
        NotFromHereTitle = "Demande refusée",
        NotFromHereText = "Ce formulaire n’a pas été envoyé depuis une page de ce site. Rien n’a été fait.",
    };
}
