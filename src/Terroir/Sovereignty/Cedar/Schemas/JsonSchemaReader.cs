using System.Text.Json;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Reads a schema in its JSON form.</summary>
internal sealed class JsonSchemaReader
{
    private readonly SchemaSyntax _schema = new();

    private JsonSchemaReader()
    {
    }

    /// <summary>Reads a schema.</summary>
    /// <exception cref="PolicyInvalidException">It is no JSON, or not of the shape of a schema.</exception>
    public static SchemaSyntax Read(string text)
    {
        using var json = CedarJson.Parse(text);
        var reader = new JsonSchemaReader();
        foreach (var item in CedarJson.Properties(json.RootElement, "the schema"))
        {
            reader.ReadNamespace(item.Name, item.Value);
        }

        return reader._schema;
    }

    private void ReadNamespace(string name, JsonElement json)
    {
        if (name.Length > 0 && !CedarJson.IsPath(name))
        {
            throw Faults.Json($"'{name}' is no name of a namespace");
        }

        var declarations = _schema.Get(name);
        foreach (var type in CedarJson.Optional(json, "commonTypes"))
        {
            declarations.CommonTypes.Add(type.Name, ReadType(type.Value, type.Name));
        }

        foreach (var entity in CedarJson.Properties(CedarJson.Required(json, "entityTypes"), "entityTypes"))
        {
            declarations.Entities.Add(entity.Name, ReadEntity(entity.Value, entity.Name));
        }

        foreach (var action in CedarJson.Properties(CedarJson.Required(json, "actions"), "actions"))
        {
            declarations.Actions.Add(action.Name, ReadAction(action.Value, action.Name));
        }
    }

    private static EntitySyntax ReadEntity(JsonElement json, string name) => new(
        0,
        CedarJson.Strings(json, "memberOfTypes"),
        CedarJson.Find(json, "shape") is { } shape ? ReadType(shape, $"{name}.shape") : null,
        CedarJson.Find(json, "tags") is { } tags ? ReadType(tags, $"{name}.tags") : null,
        CedarJson.Find(json, "enum") is null ? null : CedarJson.Strings(json, "enum"));

    private static ActionSyntax ReadAction(JsonElement json, string name)
    {
        var parents = CedarJson.Find(json, "memberOf") is { ValueKind: JsonValueKind.Array } groups
            ? groups.EnumerateArray().Select(group =>
                (CedarJson.Find(group, "type") is { } type ? CedarJson.String(type, $"{name}.memberOf") : null,
                    CedarJson.String(CedarJson.Required(group, "id"), $"{name}.memberOf"))).ToList()
            : [];
        return CedarJson.Find(json, "appliesTo") is not { } applies
            ? new ActionSyntax(0, parents, [], [], Context: null)
            : new ActionSyntax(
                0,
                parents,
                CedarJson.Strings(applies, "principalTypes"),
                CedarJson.Strings(applies, "resourceTypes"),
                CedarJson.Find(applies, "context") is { } context ? ReadType(context, $"{name}.context") : null);
    }

    private static TypeSyntax ReadType(JsonElement json, string path)
    {
        var type = CedarJson.String(CedarJson.Required(json, "type"), path);
        switch (type)
        {
            case "Set":
                return new SetSyntax(0, ReadType(CedarJson.Required(json, "element"), path));
            case "Record":
                return new RecordSyntax(0, ReadAttributes(json, path));
            case "Entity":
                return Named(json, path, NameScope.Entities);
            case "Extension":
                return Named(json, path, NameScope.BuiltIns);
            case "EntityOrCommon":
                return Named(json, path, NameScope.All);
            case "String" or "Long" or "Boolean" or "Bool":
                return new NameSyntax(0, type, NameScope.BuiltIns);
            default:
                return new NameSyntax(0, type, NameScope.CommonTypes);
        }
    }

    private static NameSyntax Named(JsonElement json, string path, NameScope scope) =>
        new(0, CedarJson.String(CedarJson.Required(json, "name"), path), scope);

    private static List<AttributeSyntax> ReadAttributes(JsonElement json, string path) =>
    [
        .. CedarJson.Optional(json, "attributes").Select(attribute => new AttributeSyntax(
            attribute.Name,
            ReadType(attribute.Value, $"{path}.{attribute.Name}"),
            CedarJson.Find(attribute.Value, "required") is not { ValueKind: JsonValueKind.False })),
    ];
}
