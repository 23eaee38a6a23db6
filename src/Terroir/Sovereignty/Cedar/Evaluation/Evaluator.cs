namespace Terroir.Sovereignty.Cedar;

/// <summary>Computes expressions for one request. Not for several threads.</summary>
/// <param name="request">The request.</param>
/// <param name="entities">The entities.</param>
/// <remarks>No result means an error, which <see cref="Error"/> then holds: exceptions cost too much for what policies
/// may do often.</remarks>
internal sealed class Evaluator(AuthorizationRequest request, EntityStore entities)
{
    private readonly EntityValue _principal = new(request.Principal);
    private readonly EntityValue _action = new(request.Action);
    private readonly EntityValue _resource = new(request.Resource);

    /// <summary>Why the last expression gave nothing.</summary>
    public EvaluationErrorKind Error { get; private set; }

    /// <summary>Computes an expression.</summary>
    /// <returns>Its value, or <see langword="null"/> after an error.</returns>
    public CedarValue? Evaluate(Expression expression) => expression switch
    {
        LiteralExpression literal => literal.Value,
        VariableExpression variable => Read(variable.Variable),
        AndExpression and => EvaluateAnd(and),
        OrExpression or => EvaluateOr(or),
        BinaryExpression binary => EvaluateBinary(binary),
        GetExpression get => Get(Evaluate(get.Operand), get.Attribute),
        HasExpression has => Has(Evaluate(has.Operand), has.Attribute),
        UnaryExpression unary => EvaluateUnary(unary),
        IfExpression choice => EvaluateIf(choice),
        IsExpression test => Evaluate(test.Operand) switch
        {
            EntityValue entity => CedarValue.Of(
                string.Equals(entity.Uid.Type, test.EntityType, StringComparison.Ordinal)),
            var value => FailOn(value),
        },
        LikeExpression like => Evaluate(like.Operand) switch
        {
            StringValue text => CedarValue.Of(like.Pattern.IsMatch(text.Value)),
            var value => FailOn(value),
        },
        SetExpression set => EvaluateAll(set.Elements) is { } elements ? new SetValue(elements) : null,
        RecordExpression record => EvaluateRecord(record),
        CallExpression call => EvaluateCall(call),
        _ => Fail(EvaluationErrorKind.WrongType),
    };

    /// <summary>Whether a condition holds; <see langword="null"/> after an error.</summary>
    public bool? Test(Expression expression) => Evaluate(expression) switch
    {
        BoolValue truth => truth.Value,
        var value => FailOn(value) is null ? null : false,
    };

    private CedarValue? Fail(EvaluationErrorKind error)
    {
        Error = error;
        return null;
    }

    // Nothing means that an error is noted already.
    private CedarValue? FailOn(CedarValue? value) => value is null ? null : Fail(EvaluationErrorKind.WrongType);

    private CedarValue Read(Variable variable) => variable switch
    {
        Variable.Principal => _principal,
        Variable.Action => _action,
        Variable.Resource => _resource,
        _ => request.Context,
    };

    private CedarValue? EvaluateIf(IfExpression choice) => Test(choice.Condition) switch
    {
        true => Evaluate(choice.Then),
        false => Evaluate(choice.Else),
        null => null,
    };

    private BoolValue? EvaluateAnd(AndExpression and) => Test(and.Left) switch
    {
        false => BoolValue.False,
        true => Test(and.Right) is { } right ? CedarValue.Of(right) : null,
        null => null,
    };

    private BoolValue? EvaluateOr(OrExpression or) => Test(or.Left) switch
    {
        true => BoolValue.True,
        false => Test(or.Right) is { } right ? CedarValue.Of(right) : null,
        null => null,
    };

    private CedarValue? EvaluateUnary(UnaryExpression unary) => (unary.Operator, Evaluate(unary.Operand)) switch
    {
        (UnaryOperator.Not, BoolValue value) => CedarValue.Of(!value.Value),
        (UnaryOperator.Negate, LongValue value) => Fit(Checked.Subtract(0, value.Value)),
        (UnaryOperator.IsEmpty, SetValue value) => CedarValue.Of(value.Elements.Count == 0),
        var (_, value) => FailOn(value),
    };

    private CedarValue? EvaluateBinary(BinaryExpression binary)
    {
        if (Evaluate(binary.Left) is not { } left || Evaluate(binary.Right) is not { } right)
        {
            return null;
        }

        return (binary.Operator, left, right) switch
        {
            (BinaryOperator.Equal, _, _) => CedarValue.Of(left.Equals(right)),
            (BinaryOperator.NotEqual, _, _) => CedarValue.Of(!left.Equals(right)),
            (BinaryOperator.In, EntityValue entity, EntityValue other) =>
                CedarValue.Of(entities.IsIn(entity.Uid, other.Uid)),
            (BinaryOperator.In, EntityValue entity, SetValue others) => IsInAny(entity.Uid, others),
            (BinaryOperator.Add, LongValue a, LongValue b) => Fit(Checked.Add(a.Value, b.Value)),
            (BinaryOperator.Subtract, LongValue a, LongValue b) => Fit(Checked.Subtract(a.Value, b.Value)),
            (BinaryOperator.Multiply, LongValue a, LongValue b) => Fit(Checked.Multiply(a.Value, b.Value)),
            (BinaryOperator.Contains, SetValue set, _) => CedarValue.Of(set.Contains(right)),
            (BinaryOperator.ContainsAll, SetValue set, SetValue other) => CedarValue.Of(set.ContainsAll(other)),
            (BinaryOperator.ContainsAny, SetValue set, SetValue other) => CedarValue.Of(set.ContainsAny(other)),
            (BinaryOperator.HasTag, EntityValue entity, StringValue tag) => CedarValue.Of(
                entities.Find(entity.Uid)?.Tags.Attributes.ContainsKey(tag.Value) ?? false),
            (BinaryOperator.GetTag, EntityValue entity, StringValue tag) => GetTag(entity.Uid, tag.Value),
            (BinaryOperator.Less, _, _) => Compare(left, right) is { } order ? CedarValue.Of(order < 0) : null,
            (BinaryOperator.LessOrEqual, _, _) => Compare(left, right) is { } order ? CedarValue.Of(order <= 0) : null,
            (BinaryOperator.Greater, _, _) => Compare(left, right) is { } order ? CedarValue.Of(order > 0) : null,
            (BinaryOperator.GreaterOrEqual, _, _) =>
                Compare(left, right) is { } order ? CedarValue.Of(order >= 0) : null,
            _ => Fail(EvaluationErrorKind.WrongType),
        };
    }

    private CedarValue? Fit(long? value) =>
        value is { } fits ? new LongValue(fits) : Fail(EvaluationErrorKind.Overflow);

    private int? Compare(CedarValue left, CedarValue right)
    {
        switch (left, right)
        {
            case (LongValue a, LongValue b):
                return a.Value.CompareTo(b.Value);
            case (DatetimeValue a, DatetimeValue b):
                return a.Milliseconds.CompareTo(b.Milliseconds);
            case (DurationValue a, DurationValue b):
                return a.Milliseconds.CompareTo(b.Milliseconds);
            default:
                Fail(EvaluationErrorKind.WrongType);
                return null;
        }
    }

    // One element that is no entity is an error, even beside one that fits.
    private CedarValue? IsInAny(EntityUid uid, SetValue others)
    {
        var isIn = false;
        foreach (var other in others.Elements)
        {
            if (other is not EntityValue entity)
            {
                return Fail(EvaluationErrorKind.WrongType);
            }

            isIn = isIn || entities.IsIn(uid, entity.Uid);
        }

        return CedarValue.Of(isIn);
    }

    private CedarValue? GetTag(EntityUid uid, string tag) =>
        entities.Find(uid) is not { } entity ? Fail(EvaluationErrorKind.EntityMissing)
        : entity.Tags.Attributes.GetValueOrDefault(tag) ?? Fail(EvaluationErrorKind.TagMissing);

    private CedarValue? Get(CedarValue? operand, string attribute)
    {
        switch (operand)
        {
            case RecordValue record:
                return record.Attributes.GetValueOrDefault(attribute) ?? Fail(EvaluationErrorKind.AttributeMissing);
            case EntityValue entity:
                return entities.Find(entity.Uid) is { } found
                    ? found.Attributes.Attributes.GetValueOrDefault(attribute)
                        ?? Fail(EvaluationErrorKind.AttributeMissing)
                    : Fail(EvaluationErrorKind.EntityMissing);
            default:
                return FailOn(operand);
        }
    }

    private CedarValue? Has(CedarValue? operand, string attribute) => operand switch
    {
        RecordValue record => CedarValue.Of(record.Attributes.ContainsKey(attribute)),
        EntityValue entity => CedarValue.Of(
            entities.Find(entity.Uid)?.Attributes.Attributes.ContainsKey(attribute) ?? false),
        _ => FailOn(operand),
    };

    private List<CedarValue>? EvaluateAll(IReadOnlyList<Expression> expressions)
    {
        var values = new List<CedarValue>(expressions.Count);
        foreach (var expression in expressions)
        {
            if (Evaluate(expression) is not { } value)
            {
                return null;
            }

            values.Add(value);
        }

        return values;
    }

    private RecordValue? EvaluateRecord(RecordExpression record)
    {
        var attributes = new List<KeyValuePair<string, CedarValue>>(record.Attributes.Count);
        foreach (var (name, expression) in record.Attributes)
        {
            if (Evaluate(expression) is not { } value)
            {
                return null;
            }

            attributes.Add(new(name, value));
        }

        return new RecordValue(attributes);
    }

    private CedarValue? EvaluateCall(CallExpression call)
    {
        if (EvaluateAll(call.Arguments) is not { } arguments)
        {
            return null;
        }

        if (arguments.Count != call.Function.Parameters.Count)
        {
            return Fail(EvaluationErrorKind.WrongType);
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            if (!ValueTypes.IsOf(arguments[i], call.Function.Parameters[i]))
            {
                return Fail(EvaluationErrorKind.WrongType);
            }
        }

        return call.Function.Apply(arguments[0], arguments.Count > 1 ? arguments[1] : null)
            ?? Fail(EvaluationErrorKind.ExtensionFailed);
    }
}
