namespace Terroir.Sovereignty.Cedar;

/// <summary>Finds the policies whose scope can fit a request, so that the others cost nothing.</summary>
/// <remarks>Each policy stands under one of its constraints: an entity of the resource, of the principal or of the
/// action, in this order, for fewest requests name the same resource; else under none. A scope has no errors, so that
/// a policy that is not found would not have been reported either.</remarks>
internal sealed class ScopeIndex
{
    private readonly Dictionary<EntityUid, List<int>> _byResource = [];
    private readonly Dictionary<EntityUid, List<int>> _byPrincipal = [];
    private readonly Dictionary<EntityUid, List<int>> _byAction = [];
    private readonly List<int> _others = [];

    public ScopeIndex(IReadOnlyList<Policy> policies)
    {
        for (var place = 0; place < policies.Count; place++)
        {
            var scopes = policies[place].Scopes;
            if (policies[place].IsTemplate)
            {
                continue;
            }

            if (!TryAdd(_byResource, scopes.Resource, place) && !TryAdd(_byPrincipal, scopes.Principal, place)
                && !TryAdd(_byAction, scopes.Action, place))
            {
                _others.Add(place);
            }
        }
    }

    /// <summary>The places of the policies to evaluate, ascending.</summary>
    public List<int> Find(AuthorizationRequest request, EntityStore entities)
    {
        var found = new List<int>(_others);
        Collect(_byResource, request.Resource, entities, found);
        Collect(_byPrincipal, request.Principal, entities, found);
        Collect(_byAction, request.Action, entities, found);
        if (found.Count == _others.Count)
        {
            return found;
        }

        found.Sort();
        var kept = 1;
        for (var i = 1; i < found.Count; i++)
        {
            if (found[i] != found[kept - 1])
            {
                found[kept++] = found[i];
            }
        }

        found.RemoveRange(kept, found.Count - kept);
        return found;
    }

    private static bool TryAdd(Dictionary<EntityUid, List<int>> index, ScopeConstraint scope, int place)
    {
        if (scope.Relation == ScopeRelation.Any)
        {
            return false;
        }

        foreach (var entity in scope.Entities.Distinct())
        {
            if (!index.TryGetValue(entity, out var places))
            {
                index[entity] = places = [];
            }

            places.Add(place);
        }

        return true;
    }

    private static void Collect(
        Dictionary<EntityUid, List<int>> index,
        EntityUid uid,
        EntityStore entities,
        List<int> found)
    {
        if (index.Count == 0)
        {
            return;
        }

        if (index.TryGetValue(uid, out var places))
        {
            found.AddRange(places);
        }

        foreach (var ancestor in entities.AncestorsOf(uid))
        {
            if (index.TryGetValue(ancestor, out places))
            {
                found.AddRange(places);
            }
        }
    }
}
