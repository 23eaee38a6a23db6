namespace Terroir.Sovereignty.Cedar;

/// <summary>One policy, or a template whose slots a link fills. Immutable.</summary>
public sealed class Policy
{
    internal Policy(
        string id,
        PolicyEffect effect,
        IReadOnlyDictionary<string, string> annotations,
        PolicyScopes scopes,
        IReadOnlyList<PolicyCondition> conditions,
        SourceText source,
        int start)
    {
        Id = id;
        Effect = effect;
        Annotations = annotations;
        Scopes = scopes;
        Conditions = conditions;
        Source = source;
        Start = start;
    }

    /// <summary>Its name in its set: <c>policy0</c> for the first of a text.</summary>
    public string Id { get; }

    /// <summary>What it does when it applies.</summary>
    public PolicyEffect Effect { get; }

    /// <summary>Its annotations by name, such as <c>id</c>; they mean nothing to a decision.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; }

    /// <summary>Whether a slot waits to be filled; such a policy decides nothing.</summary>
    public bool IsTemplate => Scopes.Principal.Slot is not null || Scopes.Resource.Slot is not null;

    /// <summary>The line on which it begins, from 1.</summary>
    public int Line => Source.PlaceOf(Start).Line;

    internal PolicyScopes Scopes { get; }

    internal IReadOnlyList<PolicyCondition> Conditions { get; }

    internal SourceText Source { get; }

    internal int Start { get; }

    /// <summary>Fills the slots of a template.</summary>
    /// <param name="id">The name of the new policy.</param>
    /// <param name="principal">What <c>?principal</c> stands for, if the template has that slot.</param>
    /// <param name="resource">What <c>?resource</c> stands for, if it has that one.</param>
    /// <exception cref="PolicyInvalidException">A slot is missing, or one too many is given.</exception>
    public Policy Link(string id, EntityUid? principal = null, EntityUid? resource = null) => new(
        id,
        Effect,
        Annotations,
        Scopes with
        {
            Principal = Fill(Scopes.Principal, principal, "?principal"),
            Resource = Fill(Scopes.Resource, resource, "?resource"),
        },
        Conditions,
        Source,
        Start);

    internal Policy Rename(string id) => new(id, Effect, Annotations, Scopes, Conditions, Source, Start);

    private ScopeConstraint Fill(ScopeConstraint scope, EntityUid? entity, string slot) =>
        scope.Slot is null != entity is null
            ? throw Source.Fault(PolicyFaultKind.InvalidSlot, Start, slot)
            : entity is { } given ? scope with { Slot = null, Entities = [given] } : scope;
}

/// <summary>The three constraints at the head of a policy.</summary>
internal sealed record PolicyScopes(ScopeConstraint Principal, ScopeConstraint Action, ScopeConstraint Resource);

/// <summary>How a constraint compares.</summary>
internal enum ScopeRelation
{
    Any,
    Equal,
    In,
}

/// <summary>One constraint: <c>principal is User in Group::"a"</c>.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Relation">How it compares with the entities.</param>
/// <param name="EntityType">The type after <c>is</c>, if any.</param>
/// <param name="Entities">The entities to compare with; it holds if it does for one.</param>
/// <param name="IsList">Whether they stand in brackets, even if it is one.</param>
/// <param name="Slot">The slot that stands instead of an entity, such as <c>?principal</c>.</param>
internal sealed record ScopeConstraint(
    int Start,
    ScopeRelation Relation,
    string? EntityType,
    IReadOnlyList<EntityUid> Entities,
    bool IsList,
    string? Slot);

/// <summary>A <c>when</c> or <c>unless</c>.</summary>
/// <param name="IsUnless">Whether the condition must not hold.</param>
/// <param name="Body">The condition.</param>
internal sealed record PolicyCondition(bool IsUnless, Expression Body);
