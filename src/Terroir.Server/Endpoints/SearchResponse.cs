using Terroir.Documents;
using Terroir.Kinship;
using Terroir.Retrieval;
using Terroir.Web;

namespace Terroir.Server.Endpoints;

/// <summary>What a search found.</summary>
/// <param name="Hits">The hits, best first.</param>
/// <param name="Generations">The generations that were read.</param>
public sealed record SearchResponse(IReadOnlyList<HitResponse> Hits, IReadOnlyList<GenerationResponse> Generations)
{
    /// <summary>The query as it was probably meant, if no document that was searched holds some of its words.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Translates a result.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The same, for the wire.</returns>
    public static SearchResponse From(SearchResult result) =>
        new([.. result.Hits.Select(HitResponse.From)], [.. result.Generations.Select(GenerationResponse.From)])
        {
            Suggestion = result.Suggestion,
        };
}

/// <summary>A passage that was found.</summary>
/// <param name="Document">The document's id.</param>
/// <param name="Version">The hash of the original bytes.</param>
/// <param name="Collection">Its collection.</param>
/// <param name="Title">Its title.</param>
/// <param name="Path">Its path in its source.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Label">Its classification; may be empty.</param>
/// <param name="ModifiedAt">When the original was last changed.</param>
/// <param name="ValidFrom">The first day on which the document holds, as it says itself.</param>
/// <param name="ValidUntil">The last day on which the document holds, as it says itself.</param>
/// <param name="Passage">The passage's ordinal.</param>
/// <param name="Start">The first byte in the canonical text.</param>
/// <param name="End">The byte after the last.</param>
/// <param name="Text">Exactly those bytes, as text.</param>
/// <param name="Headings">The headings above it, outermost first.</param>
/// <param name="Place">Where it stands in the original.</param>
/// <param name="PlaceText">The same in words, in French.</param>
/// <param name="Highlights">The query's words in the text: ranges of characters (UTF-16).</param>
/// <param name="Score">Higher is better; comparable within one response only.</param>
public sealed record HitResponse(
    string Document,
    string Version,
    string Collection,
    string Title,
    string Path,
    string MediaType,
    string Label,
    DateTimeOffset ModifiedAt,
    DateOnly? ValidFrom,
    DateOnly? ValidUntil,
    int Passage,
    int Start,
    int End,
    string Text,
    IReadOnlyList<string> Headings,
    SourcePlace Place,
    string PlaceText,
    IReadOnlyList<TextRange> Highlights,
    double Score)
{
    /// <summary>Copies and other versions of the document that the asker may read.</summary>
    public IReadOnlyList<DuplicateResponse> Duplicates { get; init; } = [];

    /// <summary>Why it is where it is, if that was asked.</summary>
    public HitExplanation? Explanation { get; init; }

    /// <summary>Translates a hit.</summary>
    /// <param name="hit">The hit.</param>
    /// <returns>The same, for the wire.</returns>
    public static HitResponse From(PassageHit hit)
    {
        var place = hit.Passage.PlaceOf(hit.Passage.Start);
        return new HitResponse(
            hit.Document.Id.Value,
            hit.Document.Version.Hex,
            hit.Collection.Value,
            hit.Document.Title,
            hit.Document.Path,
            hit.Document.MediaType,
            hit.Document.Label,
            hit.Document.ModifiedAt,
            hit.Document.ValidFrom,
            hit.Document.ValidUntil,
            hit.Passage.Ordinal,
            hit.Passage.Start,
            hit.Passage.End,
            hit.Text,
            hit.Passage.Headings,
            place,
            PlaceWords.Describe(place, ConsoleText.French),
            hit.Highlights,
            hit.Score)
        {
            Duplicates = [.. hit.Duplicates.Select(kin => DuplicateResponse.From(CitedKin.Of(kin)))],
            Explanation = hit.Explanation,
        };
    }
}
