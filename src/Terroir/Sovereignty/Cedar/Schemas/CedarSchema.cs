namespace Terroir.Sovereignty.Cedar;

/// <summary>What entities, actions and contexts there are. Immutable; threads may share it.</summary>
public sealed class CedarSchema
{
    internal CedarSchema(
        IReadOnlyDictionary<string, EntityDefinition> entities,
        IReadOnlyDictionary<EntityUid, ActionDefinition> actions)
    {
        Entities = entities;
        Actions = actions;
        ActionTypes = actions.Keys.Select(action => action.Type).ToHashSet(StringComparer.Ordinal);
    }

    internal IReadOnlyDictionary<string, EntityDefinition> Entities { get; }

    internal IReadOnlyDictionary<EntityUid, ActionDefinition> Actions { get; }

    internal IReadOnlySet<string> ActionTypes { get; }

    /// <summary>Reads a schema, in JSON or in the syntax for people.</summary>
    /// <param name="text">The text; JSON begins with a brace.</param>
    /// <exception cref="PolicyInvalidException">It is of neither form, or names what it does not declare.</exception>
    public static CedarSchema Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SchemaResolver(text.TrimStart().StartsWith('{') ? JsonSchemaReader.Read(text)
            : SchemaParser.Read(text)).Resolve();
    }

    /// <summary>Whether entities of a type may be in entities of another, themselves included.</summary>
    internal bool MayBeIn(string type, string other) =>
        string.Equals(type, other, StringComparison.Ordinal)
        || (Entities.TryGetValue(type, out var entity) && entity.Ancestors.Contains(other))
        || (ActionTypes.Contains(type) && ActionTypes.Contains(other)
            && Actions.Any(action => string.Equals(action.Key.Type, type, StringComparison.Ordinal)
                && action.Value.Ancestors.Any(parent =>
                    string.Equals(parent.Type, other, StringComparison.Ordinal))));

    /// <summary>Whether an entity may exist: an action that is declared, or one of a type that lists it or lists none.
    /// </summary>
    internal bool MayExist(EntityUid uid) =>
        Actions.ContainsKey(uid)
        || (Entities.TryGetValue(uid.Type, out var entity) && entity.Ids?.Contains(uid.Id) is not false);
}

/// <summary>A type of entities.</summary>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Ancestors">The types that its entities may be in, directly or not.</param>
/// <param name="Tags">The type of its tags; <see langword="null"/> if it has none.</param>
/// <param name="Ids">The only identities, if they are listed.</param>
internal sealed record EntityDefinition(
    RecordType Attributes,
    IReadOnlySet<string> Ancestors,
    CedarType? Tags,
    IReadOnlySet<string>? Ids);

/// <summary>An action.</summary>
/// <param name="Principals">The types of who may do it.</param>
/// <param name="Resources">The types of what it may be done with.</param>
/// <param name="Context">What is known of the moment.</param>
/// <param name="Ancestors">The groups it is in, directly or not.</param>
internal sealed record ActionDefinition(
    IReadOnlyList<string> Principals,
    IReadOnlyList<string> Resources,
    RecordType Context,
    IReadOnlySet<EntityUid> Ancestors);
