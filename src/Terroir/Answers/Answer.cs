using Terroir.Documents;
using Terroir.Kinship;
using Terroir.Retrieval;
using Terroir.Storage;

namespace Terroir.Answers;

/// <summary>An answer whose every citation was checked against the stored bytes.</summary>
public sealed record Answer
{
    /// <summary>The question that was answered: in a conversation, as it stands alone.</summary>
    public required string Question { get; init; }

    /// <summary>The text, with markers such as <c>[1]</c> after what a citation supports.</summary>
    public required string Text { get; init; }

    /// <summary>Whether nothing readable supports an answer; then there are no citations.</summary>
    public required bool IsRefused { get; init; }

    /// <summary>The citations; the first is <c>[1]</c>.</summary>
    public required IReadOnlyList<Citation> Citations { get; init; }

    /// <summary>Which provider wrote it: <c>extractive</c> or the model's name.</summary>
    public required string Provider { get; init; }

    /// <summary>What the asker should know, such as that a model failed; may be empty.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The generations that were read.</summary>
    public IReadOnlyList<CollectionHead> Generations { get; init; } = [];

    /// <summary>The receipt; empty where none is kept. It is random: two askers never get the same.</summary>
    public ContentHash Receipt { get; init; }

    /// <summary>The conversation that it is a turn of, by its id; empty outside of one.</summary>
    public string Conversation { get; init; } = "";

    /// <summary>What the receipt states beside the answer; <see langword="null"/> once it is made.</summary>
    internal AnswerEvidence? Evidence { get; init; }
}

/// <summary>Where a statement comes from.</summary>
/// <param name="Number">Its number in the text, from 1.</param>
/// <param name="Collection">The collection.</param>
/// <param name="Document">The document.</param>
/// <param name="Version">The version: the hash of the original bytes.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Path">The document's path in its source.</param>
/// <param name="Passage">The passage's ordinal.</param>
/// <param name="Start">The first byte of the quote in the canonical text.</param>
/// <param name="End">The byte after the last.</param>
/// <param name="Quote">Exactly those bytes, as text.</param>
/// <param name="Place">Where they stand in the original.</param>
public sealed record Citation(
    int Number,
    CollectionId Collection,
    DocumentId Document,
    ContentHash Version,
    string Title,
    string Path,
    int Passage,
    int Start,
    int End,
    string Quote,
    SourcePlace Place)
{
    /// <summary>Copies and versions of the document that the asker may read, as the search found them.</summary>
    public IReadOnlyList<CitedKin> Duplicates { get; init; } = [];

    /// <summary>The passage that it was found in.</summary>
    internal PassageHit? Hit { get; init; }

    /// <summary>The first day on which the document holds, as it says itself.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The last day on which the document holds, as it says itself.</summary>
    public DateOnly? ValidUntil { get; init; }
}
