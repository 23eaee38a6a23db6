namespace Terroir.Sovereignty.Cedar;

/// <summary>The entities that a decision is made with. Immutable; threads may share it.</summary>
public sealed class EntityStore
{
    private static readonly HashSet<EntityUid> None = [];

    private readonly Dictionary<EntityUid, Entity> _entities = [];
    private readonly Dictionary<EntityUid, HashSet<EntityUid>> _ancestors = [];

    /// <summary>Makes a store.</summary>
    /// <param name="entities">The entities, in any order; the same one may be there twice.</param>
    /// <exception cref="PolicyInvalidException">Two of one identity differ, or entities are in one another.</exception>
    public EntityStore(IEnumerable<Entity> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        foreach (var entity in entities)
        {
            if (!_entities.TryAdd(entity.Uid, entity) && !_entities[entity.Uid].IsSameAs(entity))
            {
                throw Faults.Json(entity.Uid.ToString(), PolicyFaultKind.Duplicate);
            }
        }

        foreach (var uid in _entities.Keys)
        {
            Close(uid);
        }
    }

    /// <summary>The store without entities.</summary>
    public static EntityStore Empty { get; } = new([]);

    /// <summary>All entities, in no order.</summary>
    public IReadOnlyCollection<Entity> Entities => _entities.Values;

    /// <summary>Finds an entity.</summary>
    public Entity? Find(EntityUid uid) => _entities.GetValueOrDefault(uid);

    /// <summary>Everything that an entity is in, directly or not, itself excluded.</summary>
    internal HashSet<EntityUid> AncestorsOf(EntityUid uid) => _ancestors.GetValueOrDefault(uid, None);

    internal bool IsIn(EntityUid uid, EntityUid other) => uid == other || AncestorsOf(uid).Contains(other);

    // Depth first without recursion: a chain of parents may be as long as there are entities.
    private void Close(EntityUid first)
    {
        var open = new Stack<EntityUid>([first]);
        var begun = new HashSet<EntityUid>();
        while (open.TryPeek(out var uid))
        {
            if (_ancestors.ContainsKey(uid))
            {
                open.Pop();
                begun.Remove(uid);
                continue;
            }

            var parents = _entities.GetValueOrDefault(uid)?.Parents ?? [];
            if (begun.Add(uid))
            {
                foreach (var parent in parents.Where(parent => !_ancestors.ContainsKey(parent)))
                {
                    if (begun.Contains(parent))
                    {
                        throw Faults.Json(parent.ToString(), PolicyFaultKind.Cycle);
                    }

                    open.Push(parent);
                }

                continue;
            }

            open.Pop();
            begun.Remove(uid);
            HashSet<EntityUid> ancestors = [.. parents, .. parents.SelectMany(AncestorsOf)];
            _ancestors[uid] = ancestors.Count <= CedarLimits.AncestorCountMax
                ? ancestors
                : throw Faults.Limit(nameof(CedarLimits.AncestorCountMax));
        }
    }
}
