namespace Terroir.Sovereignty.Cedar;

/// <summary>The types that operators give for those of their operands.</summary>
/// <param name="schema">The schema.</param>
/// <param name="environment">The types of the request.</param>
internal sealed class OperatorTypes(CedarSchema schema, RequestEnvironment environment)
{
    /// <summary>The type of a literal.</summary>
    public static CedarType OfLiteral(CedarValue value) => value switch
    {
        BoolValue truth => truth.Value ? CedarType.True : CedarType.False,
        LongValue => CedarType.Long,
        StringValue => CedarType.String,
        EntityValue entity => new EntityType(entity.Uid.Type),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What an operator takes, in words of the language.</summary>
    public static string Expected(BinaryOperator binary) => binary switch
    {
        BinaryOperator.In => "an entity, then an entity or a set of entities",
        BinaryOperator.Contains => "a set, then an element",
        BinaryOperator.ContainsAll or BinaryOperator.ContainsAny => "two sets",
        BinaryOperator.HasTag or BinaryOperator.GetTag => "an entity, then String",
        BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply => "Long, Long",
        _ => "Long, Long, or two of datetime or of duration",
    };

    /// <summary>The type of what the request gives.</summary>
    public CedarType OfVariable(Variable variable) => variable switch
    {
        Variable.Principal => new EntityType(environment.Principal),
        Variable.Action => new EntityType(environment.Action.Type),
        Variable.Resource => new EntityType(environment.Resource),
        _ => environment.Context,
    };

    /// <summary>The type of a binary expression other than those on tags, or the kind of fault.</summary>
    public (CedarType? Type, PolicyFaultKind Fault) OfBinary(BinaryExpression binary, CedarType left, CedarType right)
    {
        switch (binary.Operator, left, right)
        {
            case (BinaryOperator.Equal, _, _):
                return OfEquality(binary, left, right, isNegated: false);
            case (BinaryOperator.NotEqual, _, _):
                return OfEquality(binary, left, right, isNegated: true);
            case (BinaryOperator.In, EntityType entity, EntityType other):
                return (OfIn(binary, entity.Name, other.Name), default);
            case (BinaryOperator.In, EntityType entity, SetType { Element: EntityType other }):
                return (OfIn(binary, entity.Name, other.Name), default);
            case (BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply, _, _)
                when left == CedarType.Long && right == CedarType.Long:
                return (CedarType.Long, default);
            case (BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater
                or BinaryOperator.GreaterOrEqual, PrimitiveType { Name: "Long" or "datetime" or "duration" }, _)
                when left == right:
                return (CedarType.Bool, default);
            case (BinaryOperator.Contains, SetType set, _):
                return BoolIfJoined(right, set.Element);
            case (BinaryOperator.ContainsAll or BinaryOperator.ContainsAny, SetType set, SetType other):
                return BoolIfJoined(set.Element, other.Element);
            default:
                return (null, PolicyFaultKind.UnexpectedType);
        }
    }

    private static (CedarType? Type, PolicyFaultKind Fault) BoolIfJoined(CedarType left, CedarType right) =>
        TypeBounds.Join(left, right) is null ? (null, PolicyFaultKind.IncompatibleTypes) : (CedarType.Bool, default);

    private (CedarType? Type, PolicyFaultKind Fault) OfEquality(
        BinaryExpression binary,
        CedarType left,
        CedarType right,
        bool isNegated)
    {
        if (LiteralOf(binary.Left) is { } value && LiteralOf(binary.Right) is { } other)
        {
            return (value.Equals(other) != isNegated ? CedarType.True : CedarType.False, default);
        }

        return TypeBounds.Join(left, right) is not null ? (CedarType.Bool, default)
            : left is EntityType && right is EntityType ? (isNegated ? CedarType.True : CedarType.False, default)
            : (null, PolicyFaultKind.IncompatibleTypes);
    }

    // The action of an environment is known, which makes most scopes certain.
    private CedarValue? LiteralOf(Expression expression) => expression switch
    {
        LiteralExpression literal => literal.Value,
        VariableExpression { Variable: Variable.Action } => new EntityValue(environment.Action),
        _ => null,
    };

    private BoolType OfIn(BinaryExpression binary, string type, string other)
    {
        if (LiteralOf(binary.Left) is EntityValue entity && schema.Actions.TryGetValue(entity.Uid, out var action)
            && LiteralsOf(binary.Right) is { } groups)
        {
            return groups.Exists(group => group == entity.Uid || action.Ancestors.Contains(group))
                ? CedarType.True
                : CedarType.False;
        }

        return schema.MayBeIn(type, other) ? CedarType.Bool : CedarType.False;
    }

    private List<EntityUid>? LiteralsOf(Expression expression)
    {
        var parts = expression is SetExpression set ? set.Elements : [expression];
        var entities = parts.Select(LiteralOf).OfType<EntityValue>().Select(entity => entity.Uid).ToList();
        return entities.Count == parts.Count ? entities : null;
    }
}
