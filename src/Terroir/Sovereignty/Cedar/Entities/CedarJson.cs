using System.Text.Json;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Reads JSON, and says what is missing.</summary>
internal static class CedarJson
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = CedarLimits.NestingMax,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads a text; a key that stands twice in an object is refused.</summary>
    public static JsonDocument Parse(string text)
    {
        if (text.Length > CedarLimits.TextLengthMax)
        {
            throw Faults.Limit(nameof(CedarLimits.TextLengthMax));
        }

        try
        {
            return JsonDocument.Parse(text, Options);
        }
        catch (JsonException exception)
        {
            throw Faults.Create(new PolicyFault(
                PolicyFaultKind.InvalidJson,
                (int)(exception.LineNumber ?? 0) + 1,
                (int)(exception.BytePositionInLine ?? 0) + 1,
                "this is no JSON, a key twice, or nested too deep"));
        }
    }

    public static JsonElement? Find(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static JsonElement Required(JsonElement json, string name) =>
        Find(json, name) ?? throw Faults.Json($"'{name}' is missing");

    public static IEnumerable<JsonProperty> Properties(JsonElement json, string what) =>
        json.ValueKind == JsonValueKind.Object
            ? json.EnumerateObject()
            : throw Faults.Json($"{what} must be an object");

    public static IEnumerable<JsonProperty> Optional(JsonElement json, string name) =>
        Find(json, name) is { } value ? Properties(value, name) : [];

    public static IEnumerable<JsonElement> Items(JsonElement json, string what) =>
        json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : throw Faults.Json($"{what} must be a list");

    public static List<string> Strings(JsonElement json, string name) =>
        Find(json, name) is { } list ? [.. Items(list, name).Select(item => String(item, name))] : [];

    public static string String(JsonElement json, string what)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String
                ? json.GetString()!
                : throw Faults.Json($"{what} must be a string");
        }
        catch (InvalidOperationException)
        {
            throw Faults.Json($"{what} holds half of a surrogate pair");
        }
    }

    /// <summary>Reads <c>{"type": ..., "id": ...}</c>, perhaps inside <c>__entity</c>.</summary>
    public static EntityUid Entity(JsonElement json, string what)
    {
        var inner = Find(json, "__entity") ?? json;
        var type = String(Required(inner, "type"), what);
        return IsPath(type)
            ? new EntityUid(type, String(Required(inner, "id"), what))
            : throw Faults.Json($"'{type}' is no name of a type");
    }

    public static bool IsPath(string text) => text.Split("::").All(CedarText.IsName);
}
