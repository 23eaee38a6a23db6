using System.ComponentModel.DataAnnotations;
using Terroir.Access;
using Terroir.Retrieval;

namespace Terroir.Server.Endpoints;

/// <summary>The body of <c>POST /api/search</c>.</summary>
/// <param name="Query">The query in plain language; 1 to 4,000 characters. It may have phrases in quotes, words to be
/// left out (<c>-word</c>) and fields (<c>title:</c>, <c>type:</c>, <c>label:</c>, <c>after:</c>, <c>before:</c>).
/// </param>
/// <param name="Count">How many hits at most; 1 to 1,000, the default is 10.</param>
/// <param name="OnePerDocument">At most one hit for each document.</param>
/// <param name="Collections">Only these collections; none for all.</param>
/// <param name="Labels">Only documents with one of these labels; none for any.</param>
/// <param name="MediaTypes">Only documents of these media types; none for any.</param>
/// <param name="ModifiedFrom">Only documents changed at or after this time.</param>
/// <param name="ModifiedBefore">Only documents changed before this time.</param>
/// <param name="ValidOn">Only documents that do not say that they do not hold on this day.</param>
/// <param name="Explain">Whether each hit tells why it is where it is.</param>
/// <param name="TextOnly">Let only words count, and not what they mean.</param>
/// <param name="PerDocument">How many hits of one document at most, where enough others are found; 1 to 1,000, the
/// default is 3.</param>
public sealed record SearchBody(
    [Required, StringLength(SearchRequest.QueryLengthMax, MinimumLength = 1)] string Query,
    [Range(1, 1_000)] int Count = SearchBody.CountDefault,
    bool OnePerDocument = false,
    [CollectionNames] IReadOnlyList<string>? Collections = null,
    IReadOnlyList<string>? Labels = null,
    IReadOnlyList<string>? MediaTypes = null,
    DateTimeOffset? ModifiedFrom = null,
    DateTimeOffset? ModifiedBefore = null,
    DateOnly? ValidOn = null,
    bool Explain = false,
    bool TextOnly = false,
    [Range(1, 1_000)] int PerDocument = SearchRequest.PerDocumentDefault)
{
    /// <summary>How many hits a search returns unless told otherwise.</summary>
    public const int CountDefault = 10;

    /// <summary>Translates the body.</summary>
    /// <param name="asker">Who asks.</param>
    /// <returns>The search.</returns>
    public SearchRequest ToRequest(Asker asker) => new()
    {
        Query = Query,
        HasSyntax = true,
        Explains = Explain,
        Asker = asker,
        Count = Count,
        OnePerDocument = OnePerDocument,
        PerDocument = PerDocument,
        Collections = [.. (Collections ?? []).Select(name => new CollectionId(name))],
        Labels = Labels ?? [],
        MediaTypes = MediaTypes ?? [],
        ModifiedFrom = ModifiedFrom,
        ModifiedBefore = ModifiedBefore,
        ValidOn = ValidOn,
        MeaningWeight = TextOnly ? 0 : null,
    };
}
