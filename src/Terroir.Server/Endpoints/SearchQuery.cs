using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Terroir.Retrieval;

namespace Terroir.Server.Endpoints;

/// <summary>The parameters of <c>GET /api/search</c>.</summary>
/// <remarks>Properties, not a constructor: the description of the interface cannot read attributes of both.</remarks>
public sealed record SearchQuery
{
    /// <summary>The query in plain language; 1 to 4,000 characters. Signs mean what they mean in a body.</summary>
    [FromQuery(Name = "q"), Required, StringLength(SearchRequest.QueryLengthMax, MinimumLength = 1)]
    public string Query { get; init; } = "";

    /// <summary>How many hits at most; 1 to 1,000, the default is 10.</summary>
    [FromQuery(Name = "count"), Range(1, 1_000)]
    public int? Count { get; init; }

    /// <summary>At most one hit for each document.</summary>
    [FromQuery(Name = "onePerDocument")]
    public bool? OnePerDocument { get; init; }

    /// <summary>How many hits of one document at most, where enough others are found; the default is 3.</summary>
    [FromQuery(Name = "perDocument"), Range(1, 1_000)]
    public int? PerDocument { get; init; }

    /// <summary>Only these collections; none for all.</summary>
    [FromQuery(Name = "collection"), CollectionNames]
    public string[]? Collections { get; init; }

    /// <summary>Only documents with one of these labels; none for any.</summary>
    [FromQuery(Name = "label")]
    public string[]? Labels { get; init; }

    /// <summary>Only documents of these media types; none for any.</summary>
    [FromQuery(Name = "mediaType")]
    public string[]? MediaTypes { get; init; }

    /// <summary>Only documents changed at or after this time.</summary>
    [FromQuery(Name = "modifiedFrom")]
    public DateTimeOffset? ModifiedFrom { get; init; }

    /// <summary>Only documents changed before this time.</summary>
    [FromQuery(Name = "modifiedBefore")]
    public DateTimeOffset? ModifiedBefore { get; init; }

    /// <summary>Only documents that do not say that they do not hold on this day.</summary>
    [FromQuery(Name = "validOn")]
    public DateOnly? ValidOn { get; init; }

    /// <summary>Whether each hit tells why it is where it is.</summary>
    [FromQuery(Name = "explain")]
    public bool? Explain { get; init; }

    /// <summary>Let only words count, and not what they mean.</summary>
    [FromQuery(Name = "textOnly")]
    public bool? TextOnly { get; init; }

    /// <summary>Translates the parameters.</summary>
    /// <returns>The same search as a body.</returns>
    public SearchBody ToBody() => new(
        Query,
        Count ?? SearchBody.CountDefault,
        OnePerDocument is true,
        Collections,
        Labels,
        MediaTypes,
        ModifiedFrom,
        ModifiedBefore,
        ValidOn,
        Explain is true,
        TextOnly is true,
        PerDocument ?? SearchRequest.PerDocumentDefault);
}
