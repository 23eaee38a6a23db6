using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terroir.Server.Scim;

/// <summary>Brings what a client sends into the form of its schema: names as written there, truth values as such, and
/// nothing that only the site says or that is not kept.</summary>
internal static class ScimValues
{
    /// <summary>Brings a whole resource into form.</summary>
    /// <exception cref="ScimFaultException">A value is of another kind, or the password.</exception>
    public static JsonObject Read(ScimSchema schema, JsonObject body)
    {
        var resource = new JsonObject();
        foreach (var (name, value) in body)
        {
            if (TryResolve(schema, name) is { Attribute: { } attribute, Part: null }
                && attribute.Mutability is not ScimMutability.ReadOnly
                && Read(attribute, value) is { } read)
            {
                resource[attribute.Name] = read;
            }
        }

        return resource;
    }

    /// <summary>Brings a value of an attribute into form.</summary>
    /// <returns>The value; <see langword="null"/> for none.</returns>
    /// <exception cref="ScimFaultException">It is of another kind.</exception>
    public static JsonNode? Read(ScimAttribute attribute, JsonNode? value) =>
        value is null ? null
        : !attribute.IsMany ? ReadOne(attribute, value)
        : new JsonArray(
            [
                .. (value is JsonArray several ? (IEnumerable<JsonNode?>)several : [value])
                    .Select(one => ReadOne(attribute, one ?? throw Fault(attribute))),
            ]);

    /// <summary>The text of an attribute that is there and a text; else empty.</summary>
    /// <exception cref="ScimFaultException">It is too long, or has a control character.</exception>
    public static string TextOf(JsonObject resource, string name)
    {
        var text = resource[name]?.GetValue<string>() ?? "";
        return text.Length > ScimLimits.TextLengthMax || text.Any(char.IsControl)
            ? throw ScimFaultException.Value(string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}' has {ScimLimits.TextLengthMax} characters at most, and no control character."))
            : text;
    }

    // An attribute that nobody defines is passed over in a resource: clients send all that they know.
    private static AttributePath? TryResolve(ScimSchema schema, string name)
    {
        try
        {
            return schema.Resolve(name, ScimFaultException.Path);
        }
        catch (ScimFaultException fault) when (fault.Kind is "invalidPath")
        {
            return null;
        }
    }

    private static JsonNode ReadOne(ScimAttribute attribute, JsonNode value) => (attribute.Type, value) switch
    {
        (ScimType.Complex, JsonObject parts) => ReadParts(attribute, parts),
        (ScimType.Truth, JsonValue one) when ReadTruth(one) is { } truth => JsonValue.Create(truth),
        (ScimType.Text or ScimType.Reference or ScimType.Time, JsonValue one)
            when one.GetValueKind() is JsonValueKind.String => JsonValue.Create(one.GetValue<string>()),
        _ => throw Fault(attribute),
    };

    private static JsonObject ReadParts(ScimAttribute attribute, JsonObject parts)
    {
        var read = new JsonObject();
        foreach (var (name, value) in parts)
        {
            if (attribute.FindPart(name) is { } part && value is not null)
            {
                read[part.Name] = ReadOne(part, value);
            }
        }

        return read;
    }

    private static bool? ReadTruth(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => FilterMatcher.ReadTruth(value.GetValue<string>()),
        _ => null,
    };

    private static ScimFaultException Fault(ScimAttribute attribute) =>
        ScimFaultException.Value($"'{attribute.Name}' has a value of another kind; see /scim/v2/Schemas.");
}
