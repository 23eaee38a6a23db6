using System.Globalization;
using System.Text.Json.Nodes;

namespace Terroir.Server.Scim;

/// <summary>What a request asks for: which resources, and which attributes of them.</summary>
internal sealed class ScimQuery
{
    private static readonly string[] Always = ["schemas", "id"];

    private readonly ScimFilter? _filter;
    private readonly AttributePath[]? _only;
    private readonly AttributePath[] _without;
    private readonly long _start;
    private readonly int _count;

    private ScimQuery(IQueryCollection query, ScimSchema schema)
    {
        var filter = query["filter"].ToString();
        _filter = filter.Length > 0 ? FilterParser.Parse(filter, schema) : null;
        _only = query.ContainsKey("attributes") ? ReadNames(query["attributes"].ToString(), schema) : null;
        _without = ReadNames(query["excludedAttributes"].ToString(), schema);
        _start = Math.Max(1, ReadNumber(query, "startIndex", 1));
        _count = (int)Math.Clamp(
            ReadNumber(query, "count", ScimLimits.PageCountDefault),
            0,
            ScimLimits.PageCountMax);
    }

    /// <summary>Whether it says which attributes.</summary>
    public bool NamesAttributes => _only is not null || _without.Length > 0;

    /// <summary>Reads the parameters of RFC 7644, sections 3.4.2 and 3.9.</summary>
    /// <exception cref="ScimFaultException">One of them is wrong.</exception>
    public static ScimQuery Read(IQueryCollection query, ScimSchema schema) => new(query, schema);

    /// <summary>Lists the resources that are asked for.</summary>
    public JsonObject List(ScimResourceType type, ScimSnapshot snapshot)
    {
        // What is not on the page is made only to be filtered.
        var found = type.List(snapshot);
        var page = new JsonArray();
        long total = _filter is null ? found.Count : 0;
        foreach (var principal in _filter is null ? PageOf(found) : found)
        {
            var resource = type.Render(snapshot, principal);
            if (_filter is not null)
            {
                if (!FilterMatcher.Matches(_filter, resource) || ++total < _start || page.Count == _count)
                {
                    continue;
                }
            }

            page.Add(Project(resource));
        }

        return new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
            ["totalResults"] = total,
            ["startIndex"] = _start,
            ["itemsPerPage"] = page.Count,
            ["Resources"] = page,
        };
    }

    /// <summary>Leaves the attributes of a resource that are asked for.</summary>
    public JsonObject Project(JsonObject resource)
    {
        foreach (var path in _without.Where(path => path.Attribute is not null))
        {
            Remove(resource, path);
        }

        if (_only is null)
        {
            return resource;
        }

        foreach (var name in resource.Select(pair => pair.Key).ToArray())
        {
            var paths = _only
                .Where(path => string.Equals(path.Attribute?.Name, name, StringComparison.Ordinal))
                .ToList();
            if (paths.Count == 0 && !Always.Contains(name, StringComparer.Ordinal))
            {
                resource.Remove(name);
            }
            else if (paths.Count > 0 && paths.TrueForAll(path => path.Part is not null))
            {
                Keep(resource[name], paths);
            }
        }

        return resource;
    }

    private static void Remove(JsonObject resource, AttributePath path)
    {
        if (path.Part is null)
        {
            if (!Always.Contains(path.Name, StringComparer.Ordinal))
            {
                resource.Remove(path.Name);
            }

            return;
        }

        foreach (var value in ValuesOf(resource[path.Name]))
        {
            value.Remove(path.Part.Name);
        }
    }

    private static void Keep(JsonNode? node, List<AttributePath> paths)
    {
        foreach (var value in ValuesOf(node))
        {
            foreach (var name in value.Select(pair => pair.Key).ToArray())
            {
                if (!paths.Exists(path => string.Equals(path.Part!.Name, name, StringComparison.Ordinal)))
                {
                    value.Remove(name);
                }
            }
        }
    }

    private static IEnumerable<JsonObject> ValuesOf(JsonNode? node) =>
        node is JsonArray several ? several.OfType<JsonObject>() : node is JsonObject one ? [one] : [];

    private static AttributePath[] ReadNames(string names, ScimSchema schema) =>
        names.Length > ScimLimits.FilterLengthMax
            ? throw ScimFaultException.Value($"A list of names has {ScimLimits.FilterLengthMax} characters at most.")
            :
            [
                .. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(name => schema.Resolve(name, ScimFaultException.Value)),
            ];

    private static long ReadNumber(IQueryCollection query, string name, int standard)
    {
        var text = query[name].ToString();
        return text.Length == 0 ? standard
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw ScimFaultException.Value($"'{name}' is a whole number.");
    }

    private IEnumerable<string> PageOf(IReadOnlyList<string> found) =>
        _start > found.Count ? [] : found.Skip((int)_start - 1).Take(_count);
}
