namespace Terroir.Sovereignty.Cedar;

/// <summary>Checks entities and requests against a schema.</summary>
internal static class SchemaConformance
{
    /// <summary>Checks an entity that is no action of the schema.</summary>
    /// <exception cref="PolicyInvalidException">The schema does not allow it.</exception>
    public static void CheckEntity(Entity entity, EntityStore store, CedarSchema schema)
    {
        if (!schema.Entities.TryGetValue(entity.Uid.Type, out var definition))
        {
            throw Invalid(entity, entity.Uid.Type);
        }

        if (FindForeign(new EntityValue(entity.Uid), schema) is { } uid)
        {
            throw Faults.Json(uid.ToString(), PolicyFaultKind.UnknownEnumEntity);
        }

        if (!ValueTypes.IsOf(entity.Attributes, definition.Attributes))
        {
            throw Invalid(entity, $"attrs: {definition.Attributes}");
        }

        foreach (var ancestor in store.AncestorsOf(entity.Uid))
        {
            if (!definition.Ancestors.Contains(ancestor.Type) || !schema.MayExist(ancestor))
            {
                throw Invalid(entity, $"parents: {ancestor}");
            }
        }

        if (definition.Tags is { } type
            ? !entity.Tags.Attributes.Values.All(tag => ValueTypes.IsOf(tag, type))
            : entity.Tags.Attributes.Count > 0)
        {
            throw Invalid(entity, $"tags: {definition.Tags?.ToString() ?? "-"}");
        }

        if ((FindForeign(entity.Attributes, schema) ?? FindForeign(entity.Tags, schema)) is { } foreign)
        {
            throw Invalid(entity, foreign.ToString());
        }
    }

    /// <summary>Checks an action that the entities repeat from the schema.</summary>
    public static void CheckAction(Entity action, CedarSchema schema)
    {
        var definition = schema.Actions[action.Uid];
        if (action.Attributes.Attributes.Count > 0 || action.Tags.Attributes.Count > 0
            || !action.Parents.All(definition.Ancestors.Contains))
        {
            throw Invalid(action, "attrs, tags, parents");
        }
    }

    /// <summary>Checks a request.</summary>
    /// <exception cref="PolicyInvalidException">The schema does not allow it.</exception>
    public static void CheckRequest(AuthorizationRequest request, CedarSchema schema)
    {
        if (!schema.Actions.TryGetValue(request.Action, out var action))
        {
            throw Faults.Json(request.Action.ToString(), PolicyFaultKind.UnknownAction);
        }

        if (!action.Principals.Contains(request.Principal.Type, StringComparer.Ordinal)
            || !schema.MayExist(request.Principal))
        {
            throw Faults.Json($"principal {request.Principal}", PolicyFaultKind.InvalidRequest);
        }

        if (!action.Resources.Contains(request.Resource.Type, StringComparer.Ordinal)
            || !schema.MayExist(request.Resource))
        {
            throw Faults.Json($"resource {request.Resource}", PolicyFaultKind.InvalidRequest);
        }

        if (!ValueTypes.IsOf(request.Context, action.Context) || FindForeign(request.Context, schema) is not null)
        {
            throw Faults.Json($"context, {action.Context}", PolicyFaultKind.InvalidRequest);
        }
    }

    // An identity that a type with a list of them does not list, somewhere in a value.
    private static EntityUid? FindForeign(CedarValue value, CedarSchema schema) => value switch
    {
        EntityValue entity => schema.Entities.TryGetValue(entity.Uid.Type, out var definition)
            && definition.Ids?.Contains(entity.Uid.Id) is false
                ? entity.Uid
                : null,
        SetValue set => FindFirst(set.Elements, schema),
        RecordValue record => FindFirst(record.Attributes.Values, schema),
        _ => null,
    };

    private static EntityUid? FindFirst(IEnumerable<CedarValue> values, CedarSchema schema) =>
        values.Select(value => FindForeign(value, schema)).FirstOrDefault(uid => uid is not null);

    private static PolicyInvalidException Invalid(Entity entity, string why) =>
        Faults.Create(new PolicyFault(PolicyFaultKind.InvalidEntity, 0, 0, entity.Uid.ToString(), why));
}
