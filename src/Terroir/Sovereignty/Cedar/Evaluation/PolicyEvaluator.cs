namespace Terroir.Sovereignty.Cedar;

/// <summary>Says which policies apply to one request. Not for several threads.</summary>
/// <param name="request">The request.</param>
/// <param name="entities">The entities.</param>
internal sealed class PolicyEvaluator(AuthorizationRequest request, EntityStore entities)
{
    private readonly Evaluator _evaluator = new(request, entities);

    /// <summary>Why the last policy could not be evaluated.</summary>
    public EvaluationErrorKind Error => _evaluator.Error;

    /// <summary>Whether the scope of a policy fits and all its conditions hold; <see langword="null"/> after an error.
    /// </summary>
    public bool? Applies(Policy policy)
    {
        if (!IsInScope(policy.Scopes))
        {
            return false;
        }

        foreach (var condition in policy.Conditions)
        {
            if (Holds(condition) is not true and var result)
            {
                return result;
            }
        }

        return true;
    }

    /// <summary>Whether the scope of a policy fits.</summary>
    public bool IsInScope(PolicyScopes scopes) =>
        Fits(scopes.Principal, request.Principal)
        && Fits(scopes.Action, request.Action)
        && Fits(scopes.Resource, request.Resource);

    /// <summary>Whether a condition holds; <see langword="null"/> after an error.</summary>
    public bool? Holds(PolicyCondition condition) => _evaluator.Test(condition.Body) is { } truth
        ? truth != condition.IsUnless
        : null;

    /// <summary>Says which conditions of a policy hold, up to the first that does not.</summary>
    public PolicyExplanation Explain(Policy policy)
    {
        var explained = new List<ConditionExplanation>();
        bool? holds = true;
        foreach (var condition in policy.Conditions)
        {
            IReadOnlyList<Expression> parts = condition.IsUnless ? [condition.Body] : Conjuncts(condition.Body);
            foreach (var part in parts)
            {
                holds = Holds(condition with { Body = part });
                explained.Add(new ConditionExplanation(
                    condition.IsUnless,
                    ExpressionText.Write(part),
                    holds,
                    holds is null ? Error : null));
                if (holds is not true)
                {
                    return new PolicyExplanation(policy.Id, policy.Effect, policy.Line, holds, explained);
                }
            }
        }

        return new PolicyExplanation(policy.Id, policy.Effect, policy.Line, holds, explained);
    }

    private static List<Expression> Conjuncts(Expression expression)
    {
        var parts = new List<Expression>();
        for (; expression is AndExpression and; expression = and.Left)
        {
            parts.Add(and.Right);
        }

        parts.Add(expression);
        parts.Reverse();
        return parts;
    }

    private bool Fits(ScopeConstraint scope, EntityUid uid)
    {
        if (scope.Slot is not null
            || (scope.EntityType is { } type && !string.Equals(type, uid.Type, StringComparison.Ordinal)))
        {
            return false;
        }

        if (scope.Relation == ScopeRelation.Any)
        {
            return true;
        }

        foreach (var other in scope.Entities)
        {
            if (uid == other || (scope.Relation == ScopeRelation.In && entities.IsIn(uid, other)))
            {
                return true;
            }
        }

        return false;
    }
}
