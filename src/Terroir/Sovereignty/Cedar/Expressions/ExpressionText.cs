namespace Terroir.Sovereignty.Cedar;

/// <summary>Writes expressions with the fewest brackets; two are the same exactly if their texts are.</summary>
internal static class ExpressionText
{
    private const int Choice = 0;
    private const int Disjunction = 1;
    private const int Conjunction = 2;
    private const int Relation = 3;
    private const int Sum = 4;
    private const int Product = 5;
    private const int Sign = 6;
    private const int Member = 7;

    /// <summary>Writes an expression on one line.</summary>
    public static string Write(Expression expression) => Write(expression, Choice);

    private static string Write(Expression expression, int least)
    {
        var (text, level) = Compose(expression);
        return level < least ? $"({text})" : text;
    }

    private static (string Text, int Level) Compose(Expression expression) => expression switch
    {
        LiteralExpression { Value: LongValue { Value: < 0 } value } => (value.ToString(), Sign),
        LiteralExpression literal => (literal.Value.ToString()!, Member),
        VariableExpression variable => (NameOf(variable.Variable), Member),
        IfExpression choice => (
            $"if {Write(choice.Condition)} then {Write(choice.Then)} else {Write(choice.Else)}",
            Choice),
        OrExpression or => ($"{Write(or.Left, Disjunction)} || {Write(or.Right, Conjunction)}", Disjunction),
        AndExpression and => ($"{Write(and.Left, Conjunction)} && {Write(and.Right, Relation)}", Conjunction),
        UnaryExpression unary => ComposeUnary(unary),
        BinaryExpression binary => ComposeBinary(binary),
        GetExpression get => (
            Write(get.Operand, Member)
                + (CedarText.IsName(get.Attribute) ? $".{get.Attribute}" : $"[{CedarText.Quote(get.Attribute)}]"),
            Member),
        HasExpression has => ($"{Write(has.Operand, Sum)} has {WriteKey(has.Attribute)}", Relation),
        LikeExpression like => ($"{Write(like.Operand, Sum)} like {like.Pattern}", Relation),
        IsExpression test => ($"{Write(test.Operand, Sum)} is {test.EntityType}", Relation),
        SetExpression set => ($"[{WriteAll(set.Elements)}]", Member),
        RecordExpression record => (
            $"{{{string.Join(", ", record.Attributes.Select(pair => $"{WriteKey(pair.Key)}: {Write(pair.Value)}"))}}}",
            Member),
        CallExpression { Function.IsMethod: true } call => (
            $"{Write(call.Arguments[0], Member)}.{call.Function.Name}({WriteAll(call.Arguments.Skip(1))})",
            Member),
        CallExpression call => ($"{call.Function.Name}({WriteAll(call.Arguments)})", Member),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string WriteAll(IEnumerable<Expression> expressions) =>
        string.Join(", ", expressions.Select(expression => Write(expression)));

    private static string WriteKey(string name) => CedarText.IsName(name) ? name : CedarText.Quote(name);

    private static string NameOf(Variable variable) => variable switch
    {
        Variable.Principal => "principal",
        Variable.Action => "action",
        Variable.Resource => "resource",
        _ => "context",
    };

    // A literal behind one minus would become a negative literal. More signs than the grammar takes need brackets.
    private static (string Text, int Level) ComposeUnary(UnaryExpression unary)
    {
        if (unary.Operator == UnaryOperator.IsEmpty)
        {
            return ($"{Write(unary.Operand, Member)}.isEmpty()", Member);
        }

        var sign = unary.Operator == UnaryOperator.Not ? "!" : "-";
        return (sign + (unary.Operand is LiteralExpression { Value: LongValue }
            ? $"({Write(unary.Operand)})"
            : Write(unary.Operand, Member)), Sign);
    }

    private static (string Text, int Level) ComposeBinary(BinaryExpression binary)
    {
        if (Methods.NameOf(binary.Operator) is { } method)
        {
            return ($"{Write(binary.Left, Member)}.{method}({Write(binary.Right)})", Member);
        }

        var (symbol, level) = binary.Operator switch
        {
            BinaryOperator.Equal => ("==", Relation),
            BinaryOperator.NotEqual => ("!=", Relation),
            BinaryOperator.Less => ("<", Relation),
            BinaryOperator.LessOrEqual => ("<=", Relation),
            BinaryOperator.Greater => (">", Relation),
            BinaryOperator.GreaterOrEqual => (">=", Relation),
            BinaryOperator.In => ("in", Relation),
            BinaryOperator.Add => ("+", Sum),
            BinaryOperator.Subtract => ("-", Sum),
            _ => ("*", Product),
        };
        var left = Write(binary.Left, level == Relation ? Sum : level);
        return ($"{left} {symbol} {Write(binary.Right, level == Relation ? Sum : level + 1)}", level);
    }
}
