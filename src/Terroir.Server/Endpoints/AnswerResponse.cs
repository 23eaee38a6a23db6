using Terroir.Answers;
using Terroir.Documents;
using Terroir.Storage;
using Terroir.Web;

namespace Terroir.Server.Endpoints;

/// <summary>An answer with its citations, as the API and the command line show it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The text, with markers such as <c>[1]</c>.</param>
/// <param name="Refused">Whether nothing readable supports an answer.</param>
/// <param name="Citations">The citations; the first is <c>[1]</c>.</param>
/// <param name="Provider">Who wrote it: <c>extractive</c> or the model's name.</param>
/// <param name="Notices">What the asker should know; may be empty.</param>
/// <param name="Generations">The generations that were read.</param>
public sealed record AnswerResponse(
    string Question,
    string Answer,
    bool Refused,
    IReadOnlyList<CitationResponse> Citations,
    string Provider,
    IReadOnlyList<string> Notices,
    IReadOnlyList<GenerationResponse> Generations)
{
    /// <summary>The receipt: the path to download it from, or of its file on the command line.</summary>
    public string? Receipt { get; init; }

    /// <summary>The conversation that it is a turn of, if it is one; the question is then as it stands alone.</summary>
    public string? Conversation { get; init; }

    /// <summary>Translates an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The same, for the wire.</returns>
    public static AnswerResponse From(Answer answer) => new(
        answer.Question,
        answer.Text,
        answer.IsRefused,
        [.. answer.Citations.Select(CitationResponse.From)],
        answer.Provider,
        answer.Notices,
        [.. answer.Generations.Select(GenerationResponse.From)])
    {
        Receipt = ReceiptLink.Of(answer),
        Conversation = answer.Conversation.Length > 0 ? answer.Conversation : null,
    };
}

/// <summary>Where a statement comes from.</summary>
/// <param name="Number">Its number in the text, from 1.</param>
/// <param name="Document">The document's id.</param>
/// <param name="Version">The hash of the original bytes.</param>
/// <param name="Start">The first byte of the quote in the canonical text.</param>
/// <param name="End">The byte after the last.</param>
/// <param name="Quote">Exactly those bytes, as text.</param>
/// <param name="Place">Where they stand in the original.</param>
/// <param name="PlaceText">The same in words, in French.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Path">Its path in its source.</param>
/// <param name="Collection">Its collection.</param>
/// <param name="Passage">The passage's ordinal.</param>
/// <param name="ValidFrom">The first day on which the document holds, as it says itself.</param>
/// <param name="ValidUntil">The last day on which the document holds, as it says itself.</param>
public sealed record CitationResponse(
    int Number,
    string Document,
    string Version,
    int Start,
    int End,
    string Quote,
    SourcePlace Place,
    string PlaceText,
    string Title,
    string Path,
    string Collection,
    int Passage,
    DateOnly? ValidFrom,
    DateOnly? ValidUntil)
{
    /// <summary>Copies and versions of the document that the asker may read.</summary>
    public IReadOnlyList<DuplicateResponse> Duplicates { get; init; } = [];

    /// <summary>Translates a citation.</summary>
    /// <param name="citation">The citation.</param>
    /// <returns>The same, for the wire.</returns>
    public static CitationResponse From(Citation citation) => new(
        citation.Number,
        citation.Document.Value,
        citation.Version.Hex,
        citation.Start,
        citation.End,
        citation.Quote,
        citation.Place,
        PlaceWords.Describe(citation.Place, ConsoleText.French),
        citation.Title,
        citation.Path,
        citation.Collection.Value,
        citation.Passage,
        citation.ValidFrom,
        citation.ValidUntil)
    {
        Duplicates = [.. citation.Duplicates.Select(DuplicateResponse.From)],
    };
}

/// <summary>The generation of a collection that was read.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Generation">Its number.</param>
/// <param name="Manifest">The hash of its manifest; empty before the first.</param>
public sealed record GenerationResponse(string Collection, long Generation, string Manifest)
{
    /// <summary>Translates a head.</summary>
    /// <param name="head">The head.</param>
    /// <returns>The same, for the wire.</returns>
    public static GenerationResponse From(CollectionHead head) =>
        new(head.Collection.Value, head.Generation, head.Manifest.Hex);
}
