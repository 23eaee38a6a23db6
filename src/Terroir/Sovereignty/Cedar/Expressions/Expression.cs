namespace Terroir.Sovereignty.Cedar;

/// <summary>An expression. Immutable.</summary>
/// <param name="Start">Where it begins in its text, in UTF-16 units from 0.</param>
internal abstract record Expression(int Start)
{
    /// <summary>How many operations are stacked below, itself included.</summary>
    public abstract int Depth { get; }

    protected static int DepthOf(IEnumerable<Expression> parts) => parts.Max(part => (int?)part.Depth) ?? 0;
}

/// <summary>What the request gives.</summary>
internal enum Variable
{
    Principal,
    Action,
    Resource,
    Context,
}

/// <summary>Operators and methods of two operands.</summary>
internal enum BinaryOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Contains,
    ContainsAll,
    ContainsAny,
    HasTag,
    GetTag,
}

/// <summary>Operators and methods of one operand.</summary>
internal enum UnaryOperator
{
    Not,
    Negate,
    IsEmpty,
}

internal sealed record LiteralExpression(int Start, CedarValue Value) : Expression(Start)
{
    public override int Depth => 1;
}

internal sealed record VariableExpression(int Start, Variable Variable) : Expression(Start)
{
    public override int Depth => 1;
}

internal sealed record IfExpression(int Start, Expression Condition, Expression Then, Expression Else)
    : Expression(Start)
{
    public override int Depth { get; } = 1 + DepthOf([Condition, Then, Else]);
}

internal sealed record AndExpression(int Start, Expression Left, Expression Right) : Expression(Start)
{
    public override int Depth { get; } = 1 + DepthOf([Left, Right]);
}

internal sealed record OrExpression(int Start, Expression Left, Expression Right) : Expression(Start)
{
    public override int Depth { get; } = 1 + DepthOf([Left, Right]);
}

internal sealed record UnaryExpression(int Start, UnaryOperator Operator, Expression Operand) : Expression(Start)
{
    public override int Depth { get; } = 1 + Operand.Depth;
}

internal sealed record BinaryExpression(int Start, BinaryOperator Operator, Expression Left, Expression Right)
    : Expression(Start)
{
    public override int Depth { get; } = 1 + DepthOf([Left, Right]);
}

internal sealed record GetExpression(int Start, Expression Operand, string Attribute) : Expression(Start)
{
    public override int Depth { get; } = 1 + Operand.Depth;
}

/// <summary><c>operand has attribute</c>; the form with a path is an <see cref="AndExpression"/> of several.</summary>
internal sealed record HasExpression(int Start, Expression Operand, string Attribute) : Expression(Start)
{
    public override int Depth { get; } = 1 + Operand.Depth;
}

internal sealed record LikeExpression(int Start, Expression Operand, LikePattern Pattern) : Expression(Start)
{
    public override int Depth { get; } = 1 + Operand.Depth;
}

/// <summary><c>operand is Type</c>; with <c>in</c> it is an <see cref="AndExpression"/> of two.</summary>
internal sealed record IsExpression(int Start, Expression Operand, string EntityType) : Expression(Start)
{
    public override int Depth { get; } = 1 + Operand.Depth;
}

internal sealed record SetExpression(int Start, IReadOnlyList<Expression> Elements) : Expression(Start)
{
    public override int Depth { get; } = 1 + DepthOf(Elements);
}

internal sealed record RecordExpression(int Start, IReadOnlyList<KeyValuePair<string, Expression>> Attributes)
    : Expression(Start)
{
    public override int Depth { get; } = 1 + DepthOf(Attributes.Select(pair => pair.Value));
}

internal sealed record CallExpression(int Start, ExtensionFunction Function, IReadOnlyList<Expression> Arguments)
    : Expression(Start)
{
    public override int Depth { get; } = 1 + DepthOf(Arguments);
}
