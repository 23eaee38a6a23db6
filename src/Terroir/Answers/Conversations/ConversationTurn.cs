namespace Terroir.Answers.Conversations;

/// <summary>A question of a conversation and its answer.</summary>
/// <param name="At">When it was answered.</param>
/// <param name="Asked">The question as it was asked.</param>
/// <param name="Query">The question as it stands alone, which was answered and which the receipt states.</param>
/// <param name="Answer">The answer; empty where a document that it cites is no longer there for the asker.</param>
/// <param name="IsRefused">Whether nothing readable supported an answer.</param>
/// <param name="Documents">The documents that the answer cites.</param>
/// <param name="Receipt">The receipt.</param>
public sealed record ConversationTurn(
    DateTimeOffset At,
    string Asked,
    string Query,
    string Answer,
    bool IsRefused,
    IReadOnlyList<CitedDocument> Documents,
    ContentHash Receipt)
{
    /// <summary>Whether the answer is kept back, because a document that it cites was changed, deleted or revoked
    /// since: which of these, nothing tells.</summary>
    public bool IsKeptBack { get; init; }
}

/// <summary>A document that an answer cites.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Document">The document.</param>
/// <param name="Version">The version that was cited.</param>
public sealed record CitedDocument(CollectionId Collection, DocumentId Document, ContentHash Version)
{
    /// <summary>Where in the document, in the order of the answer's markers; none in turns that were kept before this
    /// was.</summary>
    public IReadOnlyList<CitedSpan> Spans { get; init; } = [];
}

/// <summary>What a marker of an answer stands for: a place, not its words.</summary>
/// <param name="Number">The number of the marker, from 1.</param>
/// <param name="Start">Where the quote begins in the canonical text, as in <see cref="Citation.Start"/>.</param>
/// <param name="End">Where it ends.</param>
public sealed record CitedSpan(int Number, int Start, int End);
