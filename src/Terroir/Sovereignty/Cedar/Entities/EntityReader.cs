using System.Text.Json;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Reads entities from JSON: a list of identity, attributes, parents and tags.</summary>
public static class EntityReader
{
    /// <summary>Reads entities.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="schema">If given, the entities are checked against it, and its actions are added.</param>
    /// <exception cref="PolicyInvalidException">The text has another shape, or the schema does not allow it.
    /// </exception>
    public static EntityStore Read(string text, CedarSchema? schema)
    {
        using var json = CedarJson.Parse(text);
        var entities = CedarJson.Items(json.RootElement, "the entities").Select(item => ReadOne(item, schema)).ToList();
        if (schema is null)
        {
            return new EntityStore(entities);
        }

        var isDeclared = entities.ToLookup(entity => schema.Actions.ContainsKey(entity.Uid));
        foreach (var action in isDeclared[true])
        {
            SchemaConformance.CheckAction(action, schema);
        }

        var store = new EntityStore(isDeclared[false].Concat(
            schema.Actions.Select(action => new Entity(action.Key, parents: [.. action.Value.Ancestors]))));
        foreach (var entity in isDeclared[false])
        {
            SchemaConformance.CheckEntity(entity, store, schema);
        }

        return store;
    }

    private static Entity ReadOne(JsonElement json, CedarSchema? schema)
    {
        var uid = CedarJson.Entity(CedarJson.Required(json, "uid"), "uid");
        var what = uid.ToString();
        var definition = schema?.Entities.GetValueOrDefault(uid.Type);
        var attributes = CedarJson.Find(json, "attrs") is { } attrs
            ? ValueReader.ReadRecord(attrs, definition?.Attributes, what)
            : RecordValue.Empty;
        var tags = CedarJson.Optional(json, "tags").Select(tag =>
            KeyValuePair.Create(tag.Name, ValueReader.Read(tag.Value, definition?.Tags, what)));
        var parents = CedarJson.Find(json, "parents") is { } list
            ? CedarJson.Items(list, what).Select(parent => CedarJson.Entity(parent, what)).ToHashSet()
            : [];
        return new Entity(uid, attributes, parents, new RecordValue(tags));
    }
}
