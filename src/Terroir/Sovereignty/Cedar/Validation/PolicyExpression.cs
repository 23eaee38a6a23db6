namespace Terroir.Sovereignty.Cedar;

/// <summary>A whole policy as one expression: its scope, then its conditions.</summary>
internal static class PolicyExpression
{
    /// <summary>Makes the expression of a policy.</summary>
    public static Expression Of(Policy policy) => policy.Conditions
        .Select(condition => condition.IsUnless
            ? new UnaryExpression(condition.Body.Start, UnaryOperator.Not, condition.Body)
            : condition.Body)
        .Aggregate(OfScope(policy), (left, right) => new AndExpression(right.Start, left, right));

    /// <summary>Makes the expression of its scope. A slot, which stands for any entity, constrains nothing.</summary>
    public static Expression OfScope(Policy policy)
    {
        var parts = new List<Expression>();
        parts.AddRange(Parts(policy.Scopes.Principal, Variable.Principal));
        parts.AddRange(Parts(policy.Scopes.Action, Variable.Action));
        parts.AddRange(Parts(policy.Scopes.Resource, Variable.Resource));
        Expression whole = new LiteralExpression(policy.Start, BoolValue.True);
        return parts.Aggregate(whole, (left, right) => new AndExpression(right.Start, left, right));
    }

    private static IEnumerable<Expression> Parts(ScopeConstraint scope, Variable variable)
    {
        var subject = new VariableExpression(scope.Start, variable);
        if (scope.EntityType is { } type)
        {
            yield return new IsExpression(scope.Start, subject, type);
        }

        if (scope.Relation == ScopeRelation.Any || scope.Slot is not null)
        {
            yield break;
        }

        var entities = scope.Entities
            .Select(entity => (Expression)new LiteralExpression(scope.Start, new EntityValue(entity)))
            .ToList();
        yield return new BinaryExpression(
            scope.Start,
            scope.Relation == ScopeRelation.Equal ? BinaryOperator.Equal : BinaryOperator.In,
            subject,
            scope.IsList ? new SetExpression(scope.Start, entities) : entities[0]);
    }
}
