using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terroir.Server.Scim;

/// <summary>Changes a resource by the operations of RFC 7644, section 3.5.2.</summary>
/// <remarks>What Entra ID sends besides is taken too: operations in capitals, truth values as texts, dotted names in a
/// value without a path, and values to remove in the place of a filter.</remarks>
internal sealed class ScimPatch
{
    private const string Remove = "remove";

    private readonly ScimSchema _schema;
    private readonly JsonObject _resource;

    private ScimPatch(ScimSchema schema, JsonObject resource) => (_schema, _resource) = (schema, resource);

    /// <summary>Makes all changes, or none.</summary>
    /// <param name="schema">The schema of the resource.</param>
    /// <param name="resource">The resource as it is; it stays so.</param>
    /// <param name="body">The body of the request.</param>
    /// <returns>The resource as it shall be.</returns>
    /// <exception cref="ScimFaultException">An operation is wrong or not possible.</exception>
    public static JsonObject Apply(ScimSchema schema, JsonObject resource, JsonObject body)
    {
        if (body["Operations"] is not JsonArray { Count: > 0 and <= ScimLimits.OperationCountMax } operations)
        {
            throw ScimFaultException.Syntax($"'Operations' has 1 to {ScimLimits.OperationCountMax} operations.");
        }

        var patch = new ScimPatch(schema, resource.DeepClone().AsObject());
        foreach (var operation in operations)
        {
            patch.Apply(operation as JsonObject ?? throw ScimFaultException.Syntax("An operation is an object."));
        }

        return patch._resource;
    }

    private static string? TextOf(JsonNode? value) =>
        value is JsonValue text && text.GetValueKind() is JsonValueKind.String ? text.GetValue<string>() : null;

    private void Apply(JsonObject operation)
    {
        var kind = TextOf(operation["op"])?.ToLowerInvariant();
        if (kind is not ("add" or "replace" or Remove))
        {
            throw ScimFaultException.Syntax("'op' is add, replace or remove.");
        }

        if (operation["path"] is { } path)
        {
            var text = TextOf(path) ?? throw ScimFaultException.Path("'path' is a text.");
            Change(kind, FilterParser.ParsePath(text, _schema), operation["value"]);
            return;
        }

        if (kind is Remove)
        {
            throw ScimFaultException.NoTarget("'remove' needs a 'path'.");
        }

        foreach (var (name, value) in operation["value"] as JsonObject
            ?? throw ScimFaultException.Value("Without a 'path' the value is an object."))
        {
            Change(kind, FilterParser.ParsePath(name, _schema), value);
        }
    }

    private void Change(string kind, ScimPath path, JsonNode? value)
    {
        if (path.Attribute.Attribute is not { Name: not "schemas" } attribute)
        {
            return;
        }

        if (attribute.Mutability is not ScimMutability.ReadWrite)
        {
            ThrowUnlessSame(kind, attribute, path, value);
        }
        else if (attribute.IsMany)
        {
            ChangeMany(kind, attribute, path, value);
        }
        else if (path.Part is { } part)
        {
            if (_resource[attribute.Name] is not JsonObject parts)
            {
                _resource[attribute.Name] = parts = [];
            }

            Set(parts, part, kind, value);
        }
        else if (attribute.Type is ScimType.Complex && kind is not Remove)
        {
            Merge(attribute, value);
        }
        else
        {
            Set(_resource, attribute, kind, value);
        }
    }

    // Clients repeat what they know of a resource, such as its id, beside what they change.
    private void ThrowUnlessSame(string kind, ScimAttribute attribute, ScimPath path, JsonNode? value)
    {
        if (kind is Remove || path is not { Filter: null, Part: null }
            || !JsonNode.DeepEquals(_resource[attribute.Name], ScimValues.Read(attribute, value)))
        {
            throw ScimFaultException.Mutability($"'{attribute.Name}' does not change.");
        }
    }

    private static void Set(JsonObject target, ScimAttribute attribute, string kind, JsonNode? value)
    {
        var read = kind is Remove ? null : ScimValues.Read(attribute, value);
        if (read is not null)
        {
            target[attribute.Name] = read;
        }
        else if (attribute.IsRequired)
        {
            throw ScimFaultException.Value($"'{attribute.Name}' cannot be removed.");
        }
        else
        {
            target.Remove(attribute.Name);
        }
    }

    private void Merge(ScimAttribute attribute, JsonNode? value)
    {
        var merged = _resource[attribute.Name]?.DeepClone().AsObject() ?? [];
        foreach (var (name, part) in ScimValues.Read(attribute, value)?.AsObject() ?? [])
        {
            merged[name] = part?.DeepClone();
        }

        _resource[attribute.Name] = merged;
    }

    private void ChangeMany(string kind, ScimAttribute attribute, ScimPath path, JsonNode? value)
    {
        if (path.Part is not null)
        {
            throw ScimFaultException.Mutability($"A value of '{attribute.Name}' is added or removed as a whole.");
        }

        var known = (_resource[attribute.Name] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var given = ((ScimValues.Read(attribute, value) as JsonArray) ?? []).OfType<JsonObject>().ToList();
        var chosen = path.Filter is { } filter ? known.Where(item => FilterMatcher.Matches(filter, item)).ToList()
            : kind is Remove && value is not null ? Same(known, given)
            : kind is "add" ? []
            : known;
        if (path.Filter is not null && kind is not Remove && chosen.Count == 0)
        {
            throw ScimFaultException.NoTarget($"No value of '{attribute.Name}' meets the filter.");
        }

        var kept = known.Except(chosen).ToList();
        if (kind is not Remove)
        {
            kept.AddRange(given.Except(Same(given, kept)));
        }

        _resource[attribute.Name] = new JsonArray([.. kept.Select(item => item.DeepClone())]);
    }

    // Those of one list whose value is one of the other's.
    private static List<JsonObject> Same(List<JsonObject> items, List<JsonObject> others)
    {
        var values = others.Select(item => TextOf(item["value"])).ToHashSet(StringComparer.Ordinal);
        return [.. items.Where(item => values.Contains(TextOf(item["value"])))];
    }
}
