namespace Terroir.Sovereignty.Cedar;

/// <summary>Finds what the names of a schema mean.</summary>
/// <remarks>A name without a namespace is sought in its own namespace, then among those without one, then among the
/// types that every schema has; at each step common types come before entity types (Cedar RFC 24 and 70).</remarks>
/// <param name="schema">The schema as written.</param>
internal sealed class SchemaResolver(SchemaSyntax schema)
{
    private const string BuiltInPrefix = "__cedar::";

    private static readonly HashSet<string> ReservedTypes = new(StringComparer.Ordinal)
    {
        "Bool", "Boolean", "Entity", "Extension", "Long", "Record", "Set", "String",
    };

    private readonly Dictionary<string, CedarType> _commonTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Namespace, TypeSyntax Syntax)> _commonSyntax =
        new(StringComparer.Ordinal);

    private readonly HashSet<string> _resolving = new(StringComparer.Ordinal);
    private readonly HashSet<string> _entityNames = new(StringComparer.Ordinal);

    /// <summary>Resolves the schema.</summary>
    /// <exception cref="PolicyInvalidException">A name means nothing, or types or groups contain themselves.
    /// </exception>
    public CedarSchema Resolve()
    {
        foreach (var (space, declarations) in schema.Namespaces)
        {
            _entityNames.UnionWith(declarations.Entities.Keys.Select(name => Qualify(space, name)));
            foreach (var (name, syntax) in declarations.CommonTypes)
            {
                _commonSyntax.Add(
                    Qualify(space, name),
                    ReservedTypes.Contains(name) || CedarText.IsReserved(name)
                        ? throw schema.Fault(PolicyFaultKind.ReservedWord, syntax.Place, name)
                        : (space, syntax));
            }
        }

        foreach (var (name, (_, syntax)) in _commonSyntax)
        {
            ResolveCommon(name, syntax.Place);
        }

        return new CedarSchema(ResolveEntities(), ResolveActions());
    }

    private static string Qualify(string space, string name) => space.Length == 0 ? name : $"{space}::{name}";

    private static IEnumerable<string> Candidates(string space, string name) =>
        space.Length == 0 || name.Contains("::", StringComparison.Ordinal) ? [name] : [Qualify(space, name), name];

    private Dictionary<string, EntityDefinition> ResolveEntities()
    {
        var parents = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (space, declarations) in schema.Namespaces)
        {
            foreach (var (name, entity) in declarations.Entities)
            {
                parents[Qualify(space, name)] =
                    [.. entity.Parents.Select(parent => ResolveEntity(space, parent, entity.Place))];
            }
        }

        var definitions = new Dictionary<string, EntityDefinition>(StringComparer.Ordinal);
        foreach (var (space, declarations) in schema.Namespaces)
        {
            foreach (var (name, entity) in declarations.Entities)
            {
                var full = Qualify(space, name);
                if (CedarText.IsReserved(name) || string.Equals(name, "Action", StringComparison.Ordinal))
                {
                    throw schema.Fault(PolicyFaultKind.ReservedWord, entity.Place, name);
                }

                definitions[full] = new EntityDefinition(
                    ResolveRecord(space, entity.Shape),
                    Reach(full, type => parents[type]),
                    entity.Tags is { } tags ? Resolve(space, tags) : null,
                    entity.Ids?.ToHashSet(StringComparer.Ordinal));
            }
        }

        return definitions;
    }

    private Dictionary<EntityUid, ActionDefinition> ResolveActions()
    {
        var parents = new Dictionary<EntityUid, List<EntityUid>>();
        foreach (var (space, declarations) in schema.Namespaces)
        {
            foreach (var (id, action) in declarations.Actions)
            {
                parents[new EntityUid(Qualify(space, "Action"), id)] =
                    [.. action.Parents.Select(parent => ResolveAction(space, parent, action.Place))];
            }
        }

        var definitions = new Dictionary<EntityUid, ActionDefinition>();
        foreach (var (space, declarations) in schema.Namespaces)
        {
            foreach (var (id, action) in declarations.Actions)
            {
                var uid = new EntityUid(Qualify(space, "Action"), id);
                var ancestors = Reach(uid, group => parents[group]);
                definitions[uid] = ancestors.Contains(uid)
                    ? throw schema.Fault(PolicyFaultKind.Cycle, action.Place, uid.ToString())
                    : new ActionDefinition(
                        ResolveEntities(space, action.Principals, action.Place),
                        ResolveEntities(space, action.Resources, action.Place),
                        ResolveRecord(space, action.Context),
                        ancestors);
            }
        }

        return definitions;
    }

    private static HashSet<T> Reach<T>(T start, Func<T, List<T>> next)
        where T : notnull
    {
        var reached = new HashSet<T>();
        var open = new Stack<T>(next(start));
        while (open.TryPop(out var item))
        {
            if (reached.Add(item))
            {
                foreach (var further in next(item))
                {
                    open.Push(further);
                }
            }
        }

        return reached;
    }

    private string ResolveEntity(string space, string name, int place) =>
        Candidates(space, name).FirstOrDefault(_entityNames.Contains)
        ?? throw schema.Fault(PolicyFaultKind.UnknownEntityType, place, name);

    private List<string> ResolveEntities(string space, IReadOnlyList<string> names, int place) =>
        [.. names.Select(name => ResolveEntity(space, name, place)).Distinct(StringComparer.Ordinal)];

    private EntityUid ResolveAction(string space, (string? Type, string Id) parent, int place)
    {
        var types = Candidates(space, parent.Type ?? Qualify(space, "Action"));
        return types.Select(type => new EntityUid(type, parent.Id)).FirstOrDefault(IsDeclared) is { Type: not null } uid
            ? uid
            : throw schema.Fault(PolicyFaultKind.UnknownAction, place, CedarText.Quote(parent.Id));
    }

    private bool IsDeclared(EntityUid action) =>
        action.IsAction
        && schema.Namespaces.TryGetValue(
            action.Type.Length > "Action".Length ? action.Type[..^"::Action".Length] : "",
            out var declarations)
        && declarations.Actions.ContainsKey(action.Id);

    private RecordType ResolveRecord(string space, TypeSyntax? syntax) => syntax is null ? RecordType.Empty
        : Resolve(space, syntax) is RecordType record ? record
        : throw schema.Fault(
            PolicyFaultKind.UnexpectedType,
            syntax.Place,
            Resolve(space, syntax).ToString()!,
            "a record");

    private CedarType Resolve(string space, TypeSyntax syntax) => syntax switch
    {
        SetSyntax set => new SetType(Resolve(space, set.Element)),
        RecordSyntax record => new RecordType(record.Attributes.Select(attribute => KeyValuePair.Create(
            attribute.Name,
            new AttributeType(Resolve(space, attribute.Type), attribute.IsRequired)))),
        NameSyntax name => ResolveName(space, name),
        _ => throw schema.Fault(PolicyFaultKind.UnknownType, syntax.Place, ""),
    };

    private CedarType ResolveName(string space, NameSyntax name)
    {
        var builtIn = name.Name.StartsWith(BuiltInPrefix, StringComparison.Ordinal)
            ? name.Name[BuiltInPrefix.Length..]
            : name.Name;
        if (name.Scope != NameScope.BuiltIns && builtIn.Length == name.Name.Length)
        {
            foreach (var candidate in Candidates(space, name.Name))
            {
                if (name.Scope != NameScope.Entities && _commonSyntax.ContainsKey(candidate))
                {
                    return ResolveCommon(candidate, name.Place);
                }

                if (name.Scope != NameScope.CommonTypes && _entityNames.Contains(candidate))
                {
                    return new EntityType(candidate);
                }
            }
        }

        return (name.Scope == NameScope.Entities ? null : CedarType.FindBuiltIn(builtIn))
            ?? throw schema.Fault(
                name.Scope == NameScope.Entities ? PolicyFaultKind.UnknownEntityType : PolicyFaultKind.UnknownType,
                name.Place,
                name.Name);
    }

    private CedarType ResolveCommon(string name, int place)
    {
        if (_commonTypes.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!_resolving.Add(name))
        {
            throw schema.Fault(PolicyFaultKind.Cycle, place, name);
        }

        if (_resolving.Count > CedarLimits.NestingMax)
        {
            throw Faults.Limit(nameof(CedarLimits.NestingMax));
        }

        var (space, syntax) = _commonSyntax[name];
        var type = Resolve(space, syntax);
        _resolving.Remove(name);
        return _commonTypes[name] = type;
    }
}
