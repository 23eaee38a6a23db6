using System.Text.Json;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Reads a request from JSON: principal, action, resource and context.</summary>
public static class RequestReader
{
    /// <summary>Reads a request.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="schema">If given, it must allow the request.</param>
    /// <exception cref="PolicyInvalidException">The text has another shape, or the schema does not allow it.
    /// </exception>
    public static AuthorizationRequest Read(string text, CedarSchema? schema)
    {
        using var json = CedarJson.Parse(text);
        return Read(json.RootElement, schema, isChecked: true);
    }

    internal static AuthorizationRequest Read(JsonElement json, CedarSchema? schema, bool isChecked)
    {
        var action = CedarJson.Entity(CedarJson.Required(json, "action"), "action");
        var expected = schema?.Actions.GetValueOrDefault(action)?.Context;
        var request = new AuthorizationRequest(
            CedarJson.Entity(CedarJson.Required(json, "principal"), "principal"),
            action,
            CedarJson.Entity(CedarJson.Required(json, "resource"), "resource"),
            CedarJson.Find(json, "context") is { } context
                ? ValueReader.ReadRecord(context, expected, "context")
                : RecordValue.Empty);
        if (isChecked && schema is not null)
        {
            SchemaConformance.CheckRequest(request, schema);
        }

        return request;
    }
}
