namespace Terroir.Answers;

/// <summary>The sentences that are ours, in one language.</summary>
internal sealed record AnswerWords
{
    private static readonly string[] EnglishStarts =
        ["how", "what", "when", "where", "which", "who", "why", "is", "are", "does", "do", "can"];

    /// <summary>The sentences in French.</summary>
    public static AnswerWords French { get; } = new()
    {
        Refusal = "Je ne trouve pas de réponse dans les documents que vous pouvez lire.",
    };

    /// <summary>The sentences in English.</summary>
    public static AnswerWords English { get; } = new()
    {
        Refusal = "I cannot find an answer in the documents that you may read.",
    };

    /// <summary>Nothing readable supports an answer.</summary>
    public required string Refusal { get; init; }

    /// <summary>Chooses the language that was asked for, else that of the question.</summary>
    public static AnswerWords For(AskRequest request)
    {
        var isEnglish = request.Language.Length > 0
            ? request.Language is "en"
            : EnglishStarts.Contains(request.Question.Split(' ')[0], StringComparer.OrdinalIgnoreCase);
        return isEnglish ? English : French;
    }
}
