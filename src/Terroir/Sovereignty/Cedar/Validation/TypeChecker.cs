using System.Collections.Immutable;
using System.Globalization;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Finds the types of the expressions of one policy in one environment. Not for several threads.</summary>
/// <remarks>The rules are those of the Lean formalisation of the language (<c>Cedar.Validation.Typechecker</c> of
/// cedar-policy/cedar-spec), in strict mode. No result means a fault, which <see cref="Fault"/> holds.</remarks>
internal sealed class TypeChecker
{
    private static readonly ImmutableHashSet<string> Nothing = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    private readonly CedarSchema _schema;
    private readonly RequestEnvironment _environment;
    private readonly OperatorTypes _operators;

    public TypeChecker(CedarSchema schema, RequestEnvironment environment)
    {
        _schema = schema;
        _environment = environment;
        _operators = new OperatorTypes(schema, environment);
    }

    /// <summary>What is wrong with the last expression that has no type.</summary>
    public TypeFault? Fault { get; private set; }

    /// <summary>Finds the type of an expression; <see langword="null"/> if it has none.</summary>
    public CedarType? Check(Expression expression) => Check(expression, Nothing)?.Type;

    private TypedExpression? Check(Expression expression, ImmutableHashSet<string> known) => expression switch
    {
        LiteralExpression literal => Of(OperatorTypes.OfLiteral(literal.Value)),
        VariableExpression variable => Of(_operators.OfVariable(variable.Variable)),
        IfExpression choice => CheckIf(choice, known),
        AndExpression and => CheckAnd(and, known),
        OrExpression or => CheckOr(or, known),
        UnaryExpression unary => CheckUnary(unary, known),
        BinaryExpression binary => CheckBinary(binary, known),
        GetExpression get => CheckGet(get, known),
        HasExpression has => CheckHas(has, known),
        LikeExpression like => CheckOf(like.Operand, CedarType.String, known) ? Of(CedarType.Bool) : null,
        IsExpression test => CheckIs(test, known),
        SetExpression set => CheckSet(set, known),
        RecordExpression record => CheckRecord(record, known),
        CallExpression call => CheckCall(call, known),
        _ => null,
    };

    private static TypedExpression Of(CedarType type) => new(type, Nothing);

    private TypedExpression? Fail(PolicyFaultKind kind, Expression at, string subject, string other = "")
    {
        Fault = new TypeFault(kind, at, subject, other);
        return null;
    }

    private bool CheckOf(Expression expression, CedarType type, ImmutableHashSet<string> known)
    {
        if (Check(expression, known) is not { } typed)
        {
            return false;
        }

        return typed.Type.Equals(type)
            || Fail(PolicyFaultKind.UnexpectedType, expression, typed.Type.ToString()!, type.ToString()!) is not null;
    }

    // A boolean of which the checker may know the value.
    private (BoolType Type, ImmutableHashSet<string> Known)? CheckBool(
        Expression expression,
        ImmutableHashSet<string> known)
    {
        switch (Check(expression, known))
        {
            case { Type: BoolType truth } typed:
                return (truth, typed.Known);
            case { } typed:
                Fail(PolicyFaultKind.UnexpectedType, expression, typed.Type.ToString()!, "Bool");
                return null;
            default:
                return null;
        }
    }

    private TypedExpression? CheckIf(IfExpression choice, ImmutableHashSet<string> known)
    {
        if (CheckBool(choice.Condition, known) is not { } condition)
        {
            return null;
        }

        if (condition.Type.Known == false)
        {
            return Check(choice.Else, known);
        }

        if (Check(choice.Then, known.Union(condition.Known)) is not { } then)
        {
            return null;
        }

        if (condition.Type.Known == true)
        {
            return new TypedExpression(then.Type, condition.Known.Union(then.Known));
        }

        if (Check(choice.Else, known) is not { } otherwise)
        {
            return null;
        }

        return TypeBounds.Join(then.Type, otherwise.Type) is { } type
            ? new TypedExpression(type, condition.Known.Union(then.Known).Intersect(otherwise.Known))
            : Incompatible(choice, then.Type, otherwise.Type);
    }

    private TypedExpression? Incompatible(Expression at, CedarType left, CedarType right) =>
        Fail(PolicyFaultKind.IncompatibleTypes, at, left.ToString()!, right.ToString()!);

    private TypedExpression? CheckAnd(AndExpression and, ImmutableHashSet<string> known)
    {
        if (CheckBool(and.Left, known) is not { } left)
        {
            return null;
        }

        if (left.Type.Known == false)
        {
            return Of(CedarType.False);
        }

        if (CheckBool(and.Right, known.Union(left.Known)) is not { } right)
        {
            return null;
        }

        return right.Type.Known switch
        {
            false => Of(CedarType.False),
            true => new TypedExpression(left.Type, left.Known.Union(right.Known)),
            null => new TypedExpression(CedarType.Bool, left.Known.Union(right.Known)),
        };
    }

    private TypedExpression? CheckOr(OrExpression or, ImmutableHashSet<string> known)
    {
        if (CheckBool(or.Left, known) is not { } left)
        {
            return null;
        }

        if (left.Type.Known == true)
        {
            return Of(CedarType.True);
        }

        if (CheckBool(or.Right, known) is not { } right)
        {
            return null;
        }

        return (left.Type.Known, right.Type.Known) switch
        {
            (false, _) => new TypedExpression(right.Type, right.Known),
            (_, true) => Of(CedarType.True),
            (_, false) => new TypedExpression(CedarType.Bool, left.Known),
            _ => new TypedExpression(CedarType.Bool, left.Known.Intersect(right.Known)),
        };
    }

    private TypedExpression? CheckUnary(UnaryExpression unary, ImmutableHashSet<string> known)
    {
        switch (unary.Operator)
        {
            case UnaryOperator.Not:
                return CheckBool(unary.Operand, known) is { } operand
                    ? Of(operand.Type.Known switch
                    {
                        true => CedarType.False,
                        false => CedarType.True,
                        null => CedarType.Bool,
                    })
                    : null;
            case UnaryOperator.Negate:
                return CheckOf(unary.Operand, CedarType.Long, known) ? Of(CedarType.Long) : null;
            default:
                return Check(unary.Operand, known) switch
                {
                    { Type: SetType } => Of(CedarType.Bool),
                    { } typed => Fail(PolicyFaultKind.UnexpectedType, unary.Operand, typed.Type.ToString()!, "Set"),
                    null => null,
                };
        }
    }

    private TypedExpression? CheckBinary(BinaryExpression binary, ImmutableHashSet<string> known)
    {
        if (Check(binary.Left, known) is not { } left || Check(binary.Right, known) is not { } right)
        {
            return null;
        }

        if (binary.Operator is BinaryOperator.HasTag or BinaryOperator.GetTag
            && (left.Type, right.Type) is (EntityType entity, PrimitiveType { Name: "String" }))
        {
            return CheckTag(binary, entity.Name, known);
        }

        var (type, fault) = _operators.OfBinary(binary, left.Type, right.Type);
        if (type is not null)
        {
            return Of(type);
        }

        return fault == PolicyFaultKind.IncompatibleTypes
            ? Incompatible(binary, left.Type, right.Type)
            : Fail(
                PolicyFaultKind.UnexpectedType,
                binary,
                $"{left.Type}, {right.Type}",
                OperatorTypes.Expected(binary.Operator));
    }

    private TypedExpression? CheckTag(BinaryExpression binary, string type, ImmutableHashSet<string> known)
    {
        var tags = _schema.Entities.GetValueOrDefault(type)?.Tags;
        var key = Key(binary.Left, $"tag {ExpressionText.Write(binary.Right)}");
        if (binary.Operator == BinaryOperator.GetTag)
        {
            return tags is not null && known.Contains(key)
                ? Of(tags)
                : Fail(PolicyFaultKind.UnknownTag, binary, type);
        }

        return tags is null ? Of(CedarType.False)
            : known.Contains(key) ? Of(CedarType.True)
            : new TypedExpression(CedarType.Bool, Nothing.Add(key));
    }

    private static string Key(Expression operand, string what) => $"{ExpressionText.Write(operand)}\0{what}";

    // The attributes of a record or entity type; none of an action.
    private RecordType? AttributesOf(CedarType type) => type switch
    {
        RecordType record => record,
        EntityType entity => _schema.Entities.GetValueOrDefault(entity.Name)?.Attributes ?? RecordType.Empty,
        _ => null,
    };

    private TypedExpression? CheckGet(GetExpression get, ImmutableHashSet<string> known)
    {
        if (Check(get.Operand, known) is not { } operand)
        {
            return null;
        }

        if (AttributesOf(operand.Type) is not { } attributes)
        {
            return Fail(
                PolicyFaultKind.UnexpectedType,
                get.Operand,
                operand.Type.ToString()!,
                "a record or an entity");
        }

        return attributes.Attributes.TryGetValue(get.Attribute, out var attribute)
            && (attribute.IsRequired || known.Contains(Key(get.Operand, get.Attribute)))
            ? Of(attribute.Type)
            : Fail(PolicyFaultKind.UnknownAttribute, get, get.Attribute, operand.Type.ToString()!);
    }

    private TypedExpression? CheckHas(HasExpression has, ImmutableHashSet<string> known)
    {
        if (Check(has.Operand, known) is not { } operand)
        {
            return null;
        }

        if (AttributesOf(operand.Type) is not { } attributes)
        {
            return Fail(
                PolicyFaultKind.UnexpectedType,
                has.Operand,
                operand.Type.ToString()!,
                "a record or an entity");
        }

        if (!attributes.Attributes.TryGetValue(has.Attribute, out var attribute))
        {
            return Of(CedarType.False);
        }

        // An entity of the type may be absent from the store, and then has nothing.
        var key = Key(has.Operand, has.Attribute);
        return known.Contains(key) || (attribute.IsRequired && operand.Type is RecordType)
            ? Of(CedarType.True)
            : new TypedExpression(CedarType.Bool, Nothing.Add(key));
    }

    private TypedExpression? CheckIs(IsExpression test, ImmutableHashSet<string> known) =>
        Check(test.Operand, known) switch
        {
            { Type: EntityType entity } => Of(
                string.Equals(entity.Name, test.EntityType, StringComparison.Ordinal)
                    ? CedarType.True
                    : CedarType.False),
            { } typed => Fail(PolicyFaultKind.UnexpectedType, test.Operand, typed.Type.ToString()!, "an entity"),
            null => null,
        };

    private TypedExpression? CheckSet(SetExpression set, ImmutableHashSet<string> known)
    {
        CedarType? joined = null;
        foreach (var element in set.Elements)
        {
            if (Check(element, known) is not { } typed)
            {
                return null;
            }

            var next = joined is null ? typed.Type : TypeBounds.Join(joined, typed.Type);
            if (next is null)
            {
                return Incompatible(element, joined!, typed.Type);
            }

            joined = next;
        }

        return joined is null ? Fail(PolicyFaultKind.EmptySet, set, "") : Of(new SetType(joined));
    }

    private TypedExpression? CheckRecord(RecordExpression record, ImmutableHashSet<string> known)
    {
        var attributes = new List<KeyValuePair<string, AttributeType>>();
        foreach (var (name, expression) in record.Attributes)
        {
            if (Check(expression, known) is not { } typed)
            {
                return null;
            }

            attributes.Add(new(name, new AttributeType(typed.Type, IsRequired: true)));
        }

        return Of(new RecordType(attributes));
    }

    private TypedExpression? CheckCall(CallExpression call, ImmutableHashSet<string> known)
    {
        if (call.Arguments.Count != call.Function.Parameters.Count)
        {
            return Fail(
                PolicyFaultKind.ArgumentCount,
                call,
                call.Function.Name,
                (call.Function.Parameters.Count - (call.Function.IsMethod ? 1 : 0))
                    .ToString(CultureInfo.InvariantCulture));
        }

        if (call.Function.IsConstructor)
        {
            return call.Arguments[0] is LiteralExpression { Value: StringValue text }
                && call.Function.Apply(text, null) is not null
                ? Of(call.Function.Result)
                : Fail(PolicyFaultKind.ExtensionLiteral, call, call.Function.Name);
        }

        for (var i = 0; i < call.Arguments.Count; i++)
        {
            if (!CheckOf(call.Arguments[i], call.Function.Parameters[i], known))
            {
                return null;
            }
        }

        return Of(call.Function.Result);
    }
}
