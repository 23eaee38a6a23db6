using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terroir.Server.Scim;

/// <summary>Reads the body of a request: a JSON object without a name that is there twice, whatever its capitals.
/// </summary>
internal static class ScimBody
{
    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = ScimLimits.BodyDepthMax,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Reads a body.</summary>
    /// <exception cref="ScimFaultException">It is no such object, or its type is not JSON.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || type.MediaType is not (ScimError.MediaType or "application/json"))
        {
            throw new ScimFaultException(
                StatusCodes.Status415UnsupportedMediaType,
                kind: null,
                $"Send a body with the 'Content-Type' {ScimError.MediaType} or application/json.");
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, cancellationToken);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? ReadObject(document.RootElement)
                : throw ScimFaultException.Syntax("The body is a JSON object.");
        }
        catch (JsonException)
        {
            throw ScimFaultException.Syntax(
                $"The body is a JSON object, {ScimLimits.BodyDepthMax} levels deep at most, with each name once.");
        }
    }

    private static JsonNode? ReadNode(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(element),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(ReadNode)]),
        JsonValueKind.String => JsonValue.Create(ReadText(element)),
        JsonValueKind.True => JsonValue.Create(value: true),
        JsonValueKind.False => JsonValue.Create(value: false),
        JsonValueKind.Number => JsonValue.Create(element.Clone()),
        _ => null,
    };

    private static JsonObject ReadObject(JsonElement element)
    {
        var read = new JsonObject(AnyCase);
        foreach (var property in element.EnumerateObject())
        {
            if (!read.TryAdd(property.Name, ReadNode(property.Value)))
            {
                throw ScimFaultException.Syntax("A name is there twice, with other capitals.");
            }
        }

        return read;
    }

    private static string ReadText(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw ScimFaultException.Syntax("A text is no Unicode.");
        }
    }
}
