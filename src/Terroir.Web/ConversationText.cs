namespace Terroir.Web;

/// <summary>The words of the pages of conversations in one language; none may be left out.</summary>
public sealed record ConversationText
{
    /// <summary>The words in French.</summary>
    public static ConversationText French { get; } = FrenchConversationWords.All;

    /// <summary>The words in English.</summary>
    public static ConversationText English { get; } = EnglishConversationWords.All;

#pragma warning disable CS1591 // Each member is the text that it holds.
    public required string Navigation { get; init; }

    public required string Title { get; init; }

    public required string Hint { get; init; }

    public required string NewTitle { get; init; }

    public required string NewButton { get; init; }

    public required string ListTitle { get; init; }

    public required string None { get; init; }

    public required string TurnCount { get; init; }

    public required string ChangedAt { get; init; }

    public required string Show { get; init; }

    public required string PageTitle { get; init; }

    public required string Asked { get; init; }

    public required string UnderstoodAs { get; init; }

    public required string KeptBack { get; init; }

    public required string NotKept { get; init; }

    public required string Cited { get; init; }

    public required string ContinueTitle { get; init; }

    public required string ContinueHint { get; init; }

    public required string DeleteTitle { get; init; }

    public required string DeleteHint { get; init; }

    public required string DeleteButton { get; init; }

    public required string Back { get; init; }

    public required string NotFoundText { get; init; }

    public required string EmptyQuestion { get; init; }

    public required string NotFromHereTitle { get; init; }

    public required string NotFromHereText { get; init; }
#pragma warning restore CS1591

    /// <summary>Chooses the words.</summary>
    /// <param name="text">The words of the console.</param>
    /// <returns>Those in the same language.</returns>
    public static ConversationText For(ConsoleText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Language is "en" ? English : French;
    }
}
