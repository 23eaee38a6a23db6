using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terroir.Server.Scim;

/// <summary>What SCIM says of itself: RFC 7643, sections 5 to 7.</summary>
internal static class ScimDiscovery
{
    private const string Core = "urn:ietf:params:scim:schemas:core:2.0";

    /// <summary>The types of resources.</summary>
    public static IReadOnlyList<ScimResourceType> Types { get; } = [ScimUsers.Type, ScimGroups.Type];

    /// <summary>Says what is supported.</summary>
    public static JsonObject DescribeService(string address) => new()
    {
        ["schemas"] = new JsonArray($"{Core}:ServiceProviderConfig"),
        ["patch"] = Supported(isSupported: true),
        ["bulk"] = new JsonObject { ["supported"] = false, ["maxOperations"] = 0, ["maxPayloadSize"] = 0 },
        ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = ScimLimits.PageCountMax },
        ["changePassword"] = Supported(isSupported: false),
        ["sort"] = Supported(isSupported: false),
        ["etag"] = Supported(isSupported: false),
        ["authenticationSchemes"] = new JsonArray(new JsonObject
        {
            ["type"] = "oauthbearertoken",
            ["name"] = "API key",
            ["description"] = "'Authorization: Bearer KEY': a key of the site with the scope 'scim'.",
            ["primary"] = true,
        }),
        ["meta"] = Meta("ServiceProviderConfig", $"{address}/ServiceProviderConfig"),
    };

    /// <summary>Describes a type of resources.</summary>
    public static JsonObject Describe(ScimResourceType type, string address) => new()
    {
        ["schemas"] = new JsonArray($"{Core}:ResourceType"),
        ["id"] = type.Schema.Name,
        ["name"] = type.Schema.Name,
        ["endpoint"] = $"/{type.Endpoint}",
        ["description"] = type.Schema.Description,
        ["schema"] = type.Schema.Id,
        ["meta"] = Meta("ResourceType", $"{address}/ResourceTypes/{type.Schema.Name}"),
    };

    /// <summary>Describes a schema.</summary>
    public static JsonObject Describe(ScimSchema schema, string address) => new()
    {
        ["schemas"] = new JsonArray($"{Core}:Schema"),
        ["id"] = schema.Id,
        ["name"] = schema.Name,
        ["description"] = schema.Description,
        ["attributes"] = Describe(schema.Attributes),
        ["meta"] = Meta("Schema", $"{address}/Schemas/{schema.Id}"),
    };

    /// <summary>Makes the list of everything that is described.</summary>
    public static JsonObject List(IReadOnlyCollection<JsonObject> items) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
        ["totalResults"] = items.Count,
        ["startIndex"] = 1,
        ["itemsPerPage"] = items.Count,
        ["Resources"] = new JsonArray([.. items]),
    };

    private static JsonObject Supported(bool isSupported) => new() { ["supported"] = isSupported };

    private static JsonObject Meta(string type, string location) =>
        new() { ["resourceType"] = type, ["location"] = location };

    private static JsonArray Describe(IReadOnlyList<ScimAttribute> attributes) =>
        new([.. attributes.Select(Describe)]);

    private static JsonNode Describe(ScimAttribute attribute)
    {
        var described = new JsonObject
        {
            ["name"] = attribute.Name,
            ["type"] = attribute.Type switch
            {
                ScimType.Text => "string",
                ScimType.Truth => "boolean",
                ScimType.Time => "dateTime",
                _ => JsonNamingPolicy.CamelCase.ConvertName($"{attribute.Type}"),
            },
            ["multiValued"] = attribute.IsMany,
            ["description"] = attribute.Description,
            ["required"] = attribute.IsRequired,
            ["caseExact"] = attribute.IsCaseExact,
            ["mutability"] = JsonNamingPolicy.CamelCase.ConvertName($"{attribute.Mutability}"),
            ["returned"] = "default",
            ["uniqueness"] = attribute.IsUnique ? "server" : "none",
        };
        if (attribute.Parts.Count > 0)
        {
            described["subAttributes"] = Describe(attribute.Parts);
        }

        if (attribute.Targets.Count > 0)
        {
            described["referenceTypes"] = new JsonArray([.. attribute.Targets.Select(target => (JsonNode)target)]);
        }

        return described;
    }
}
