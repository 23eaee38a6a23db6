using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Terroir.Access;
using Terroir.Retrieval;

namespace Terroir.Server.Endpoints;

/// <summary>The body of <c>POST /api/search</c>.</summary>
/// <param name="Query">The query in plain language; 1 to 4,000 characters.</param>
/// <param name="Count">How many hits at most; 1 to 1,000, the default is 10.</param>
/// <param name="OnePerDocument">At most one hit for each document.</param>
/// <param name="Collections">Only these collections; none for all.</param>
/// <param name="Labels">Only documents with one of these labels; none for any.</param>
/// <param name="MediaTypes">Only documents of these media types; none for any.</param>
/// <param name="ModifiedFrom">Only documents changed at or after this time.</param>
/// <param name="ModifiedBefore">Only documents changed before this time.</param>
public sealed record SearchBody(
    [Required, StringLength(SearchRequest.QueryLengthMax, MinimumLength = 1)] string Query,
    [Range(1, 1_000)] int Count = 10,
    bool OnePerDocument = false,
    [CollectionNames] IReadOnlyList<string>? Collections = null,
    IReadOnlyList<string>? Labels = null,
    IReadOnlyList<string>? MediaTypes = null,
    DateTimeOffset? ModifiedFrom = null,
    DateTimeOffset? ModifiedBefore = null)
{
    /// <summary>Translates the body.</summary>
    /// <param name="asker">Who asks.</param>
    /// <returns>The search.</returns>
    public SearchRequest ToRequest(Asker asker) => new()
    {
        Query = Query,
        Asker = asker,
        Count = Count,
        OnePerDocument = OnePerDocument,
        Collections = [.. (Collections ?? []).Select(name => new CollectionId(name))],
        Labels = Labels ?? [],
        MediaTypes = MediaTypes ?? [],
        ModifiedFrom = ModifiedFrom,
        ModifiedBefore = ModifiedBefore,
    };
}

/// <summary>The parameters of <c>GET /api/search</c>.</summary>
/// <param name="Query">The query in plain language; 1 to 4,000 characters.</param>
/// <param name="Count">How many hits at most; 1 to 1,000, the default is 10.</param>
/// <param name="OnePerDocument">At most one hit for each document.</param>
/// <param name="Collections">Only these collections; none for all.</param>
/// <param name="Labels">Only documents with one of these labels; none for any.</param>
/// <param name="MediaTypes">Only documents of these media types; none for any.</param>
/// <param name="ModifiedFrom">Only documents changed at or after this time.</param>
/// <param name="ModifiedBefore">Only documents changed before this time.</param>
public sealed record SearchQuery(
    [FromQuery(Name = "q"), Required, StringLength(SearchRequest.QueryLengthMax, MinimumLength = 1)] string Query,
    [FromQuery(Name = "count"), Range(1, 1_000)] int Count = 10,
    [FromQuery(Name = "onePerDocument")] bool OnePerDocument = false,
    [FromQuery(Name = "collection"), CollectionNames] string[]? Collections = null,
    [FromQuery(Name = "label")] string[]? Labels = null,
    [FromQuery(Name = "mediaType")] string[]? MediaTypes = null,
    [FromQuery(Name = "modifiedFrom")] DateTimeOffset? ModifiedFrom = null,
    [FromQuery(Name = "modifiedBefore")] DateTimeOffset? ModifiedBefore = null)
{
    /// <summary>Translates the parameters.</summary>
    /// <returns>The same search as a body.</returns>
    public SearchBody ToBody() =>
        new(Query, Count, OnePerDocument, Collections, Labels, MediaTypes, ModifiedFrom, ModifiedBefore);
}
