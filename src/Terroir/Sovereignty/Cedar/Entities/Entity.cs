namespace Terroir.Sovereignty.Cedar;

/// <summary>An entity: what policies know of a person, a document, a machine.</summary>
public sealed class Entity
{
    /// <summary>Makes an entity.</summary>
    /// <param name="uid">Its identity.</param>
    /// <param name="attributes">Its attributes; <see langword="null"/> for none.</param>
    /// <param name="parents">What it is directly in; <see langword="null"/> for nothing.</param>
    /// <param name="tags">Its tags; <see langword="null"/> for none.</param>
    public Entity(
        EntityUid uid,
        RecordValue? attributes = null,
        IReadOnlyCollection<EntityUid>? parents = null,
        RecordValue? tags = null)
    {
        Uid = uid;
        Attributes = attributes ?? RecordValue.Empty;
        Parents = parents ?? [];
        Tags = tags ?? RecordValue.Empty;
    }

    /// <summary>Its identity.</summary>
    public EntityUid Uid { get; }

    /// <summary>Its attributes.</summary>
    public RecordValue Attributes { get; }

    /// <summary>What it is directly in.</summary>
    public IReadOnlyCollection<EntityUid> Parents { get; }

    /// <summary>Its tags.</summary>
    public RecordValue Tags { get; }

    internal bool IsSameAs(Entity other) =>
        Uid == other.Uid && Attributes.Equals(other.Attributes) && Tags.Equals(other.Tags)
        && Parents.ToHashSet().SetEquals(other.Parents);
}
