using System.Text.Json.Serialization;

namespace Terroir.Server.Endpoints;

/// <summary>The models that can be asked.</summary>
/// <param name="Kind">Always <c>list</c>.</param>
/// <param name="Data">The models.</param>
public sealed record ModelList([property: JsonPropertyName("object")] string Kind, IReadOnlyList<ModelEntry> Data);

/// <summary>A model.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind">Always <c>model</c>.</param>
/// <param name="Created">When it was made, in seconds since 1970.</param>
/// <param name="OwnedBy">Whose it is.</param>
/// <param name="Provider">Who writes its answers: <c>extractive</c> or the model's name. An addition to the OpenAI
/// shape.</param>
public sealed record ModelEntry(
    string Id,
    [property: JsonPropertyName("object")] string Kind,
    long Created,
    string OwnedBy,
    string Provider);
