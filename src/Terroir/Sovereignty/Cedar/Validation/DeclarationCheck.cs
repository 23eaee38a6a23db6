namespace Terroir.Sovereignty.Cedar;

/// <summary>Finds entities and types that a schema does not declare, also where the type checker need not look.
/// </summary>
internal static class DeclarationCheck
{
    /// <summary>Lists them.</summary>
    public static IEnumerable<TypeFault> Find(Expression whole, CedarSchema schema)
    {
        var open = new Stack<Expression>([whole]);
        while (open.TryPop(out var expression))
        {
            if (expression is LiteralExpression { Value: EntityValue entity } && !schema.MayExist(entity.Uid))
            {
                yield return schema.Entities.ContainsKey(entity.Uid.Type)
                    ? new TypeFault(PolicyFaultKind.UnknownEnumEntity, expression, entity.ToString(), "")
                    : entity.Uid.IsAction
                        ? new TypeFault(PolicyFaultKind.UnknownAction, expression, entity.ToString(), "")
                        : new TypeFault(PolicyFaultKind.UnknownEntityType, expression, entity.Uid.Type, "");
            }
            else if (expression is IsExpression test && !schema.Entities.ContainsKey(test.EntityType)
                && !schema.ActionTypes.Contains(test.EntityType))
            {
                yield return new TypeFault(PolicyFaultKind.UnknownEntityType, expression, test.EntityType, "");
            }

            foreach (var part in Parts(expression))
            {
                open.Push(part);
            }
        }
    }

    private static IEnumerable<Expression> Parts(Expression expression) => expression switch
    {
        IfExpression choice => [choice.Condition, choice.Then, choice.Else],
        AndExpression and => [and.Left, and.Right],
        OrExpression or => [or.Left, or.Right],
        UnaryExpression unary => [unary.Operand],
        BinaryExpression binary => [binary.Left, binary.Right],
        GetExpression get => [get.Operand],
        HasExpression has => [has.Operand],
        LikeExpression like => [like.Operand],
        IsExpression test => [test.Operand],
        SetExpression set => set.Elements,
        RecordExpression record => record.Attributes.Select(pair => pair.Value),
        CallExpression call => call.Arguments,
        _ => [],
    };
}
