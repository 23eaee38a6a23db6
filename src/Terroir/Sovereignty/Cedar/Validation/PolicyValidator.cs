namespace Terroir.Sovereignty.Cedar;

/// <summary>Checks policies against a schema, strictly: what passes raises no error for any request and entities that
/// the schema allows, but for overflow and entities that are missing (Cutler et al., "Cedar", OOPSLA 2024).</summary>
public static class PolicyValidator
{
    /// <summary>Checks policies.</summary>
    /// <returns>The faults, by policy; none twice. The policies are valid if all are warnings.</returns>
    public static IReadOnlyList<PolicySetFault> Validate(PolicySet policies, CedarSchema schema)
    {
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(schema);
        var faults = new List<PolicySetFault>();
        foreach (var policy in policies.Policies)
        {
            faults.AddRange(Check(policy, schema)
                .Distinct()
                .OrderBy(fault => fault.Line)
                .ThenBy(fault => fault.Column)
                .Select(fault => new PolicySetFault(policy.Id, fault)));
            if (faults.Count >= CedarLimits.FaultCountMax)
            {
                break;
            }
        }

        return faults;
    }

    private static IEnumerable<PolicyFault> Check(Policy policy, CedarSchema schema)
    {
        var whole = PolicyExpression.Of(policy);
        var unknown = DeclarationCheck.Find(whole, schema).ToList();
        if (unknown.Count > 0)
        {
            return unknown.Select(fault => Place(policy, fault));
        }

        var faults = new List<PolicyFault>();
        var isPossible = false;
        var isApplicable = false;
        var scope = PolicyExpression.OfScope(policy);
        foreach (var environment in Environments(schema))
        {
            var checker = new TypeChecker(schema, environment);
            isApplicable |= checker.Check(scope) is BoolType { Known: not false };
            var type = checker.Check(whole);
            isPossible |= type is BoolType { Known: not false };
            if (type is null)
            {
                faults.Add(Place(policy, checker.Fault!));
            }
            else if (type is not BoolType)
            {
                faults.Add(Place(policy, new TypeFault(
                    PolicyFaultKind.UnexpectedType,
                    whole,
                    type.ToString()!,
                    "Bool")));
            }
        }

        if (faults.Count == 0 && !isPossible)
        {
            var kind = isApplicable ? PolicyFaultKind.ImpossiblePolicy : PolicyFaultKind.InapplicableScope;
            faults.Add(Place(policy, new TypeFault(kind, whole, policy.Id, "")));
        }

        return faults;
    }

    private static IEnumerable<RequestEnvironment> Environments(CedarSchema schema) =>
        from action in schema.Actions
        from principal in action.Value.Principals
        from resource in action.Value.Resources
        select new RequestEnvironment(principal, action.Key, resource, action.Value.Context);

    private static PolicyFault Place(Policy policy, TypeFault fault)
    {
        var isWhole = fault.Kind is PolicyFaultKind.ImpossiblePolicy or PolicyFaultKind.InapplicableScope;
        var start = isWhole ? policy.Start : fault.At.Start;
        var (line, column) = policy.Source.PlaceOf(start);
        return new PolicyFault(fault.Kind, line, column, fault.Subject, fault.Other);
    }
}

/// <summary>A fault of one policy of a set.</summary>
/// <param name="PolicyId">The policy.</param>
/// <param name="Fault">What is wrong with it.</param>
public sealed record PolicySetFault(string PolicyId, PolicyFault Fault)
{
    /// <summary>Whether the policies may be used all the same: one that never applies does no harm.</summary>
    public bool IsWarning => Fault.Kind == PolicyFaultKind.ImpossiblePolicy;
}
