namespace Terroir.Sovereignty.Cedar;

/// <summary>Policies that decide together. Immutable; threads may share it.</summary>
/// <remarks>Deny overrides: one policy that forbids is enough, none that permits denies. A policy that cannot be
/// evaluated counts for nothing and is reported. The order of the policies changes only the order of the reasons.
/// </remarks>
public sealed class PolicySet
{
    private readonly ScopeIndex _index;

    /// <summary>Makes a set.</summary>
    /// <param name="policies">The policies; templates decide nothing.</param>
    /// <exception cref="PolicyInvalidException">Two have one name.</exception>
    public PolicySet(IEnumerable<Policy> policies)
    {
        Policies = [.. policies];
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var policy in Policies.Where(policy => !ids.Add(policy.Id)))
        {
            throw policy.Source.Fault(PolicyFaultKind.Duplicate, policy.Start, CedarText.Quote(policy.Id));
        }

        _index = new ScopeIndex(Policies);
    }

    /// <summary>The policies in their order.</summary>
    public IReadOnlyList<Policy> Policies { get; }

    /// <summary>Reads the policies of a text.</summary>
    /// <exception cref="PolicyInvalidException">It is not of the grammar, or passes a limit.</exception>
    public static PolicySet Parse(string text) => new(PolicyParser.Read(text));

    /// <summary>Reads the policies of a file of several.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="text">What it holds.</param>
    /// <returns>The policies; each has the name that its annotation <c>id</c> gives it, else that of the file and its
    /// place in it.</returns>
    /// <exception cref="PolicyInvalidException">The text is not of the grammar, or passes a limit.</exception>
    public static IReadOnlyList<Policy> ParseFile(string name, string text) =>
        [.. PolicyParser.Read(text).Select(policy => policy.Rename(
            policy.Annotations.TryGetValue("id", out var id) && id.Length > 0 ? id : $"{name}#{policy.Id}"))];

    /// <summary>Decides.</summary>
    /// <param name="request">The question.</param>
    /// <param name="entities">What is known of entities.</param>
    public AuthorizationResult Authorize(AuthorizationRequest request, EntityStore entities)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(entities);
        var evaluator = new PolicyEvaluator(request, entities);
        List<string>? permits = null;
        List<string>? forbids = null;
        List<EvaluationError>? errors = null;
        foreach (var place in _index.Find(request, entities))
        {
            var policy = Policies[place];
            switch (evaluator.Applies(policy))
            {
                case true when policy.Effect == PolicyEffect.Forbid:
                    (forbids ??= []).Add(policy.Id);
                    break;
                case true:
                    (permits ??= []).Add(policy.Id);
                    break;
                case null:
                    (errors ??= []).Add(new EvaluationError(policy.Id, evaluator.Error));
                    break;
                default:
                    break;
            }
        }

        return new AuthorizationResult(
            forbids is null && permits is not null,
            forbids ?? permits ?? [],
            errors ?? []);
    }

    /// <summary>Says of each policy whose scope fits which of its conditions hold.</summary>
    /// <param name="request">The question.</param>
    /// <param name="entities">What is known of entities.</param>
    public IReadOnlyList<PolicyExplanation> Explain(AuthorizationRequest request, EntityStore entities)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(entities);
        var evaluator = new PolicyEvaluator(request, entities);
        return [.. Policies.Where(policy => evaluator.IsInScope(policy.Scopes)).Select(evaluator.Explain)];
    }
}
