namespace Terroir.Catalog;

/// <summary>A change of the vectors that a collection keeps of its passages. It changes no document.</summary>
public sealed record VectorChange
{
    /// <summary>The vectors that join, as a segment without documents; <see langword="null"/> for none.</summary>
    public BuiltSegment? Joining { get; init; }

    /// <summary>The documents whose vectors join. Vectors are computed outside of the lease: if one of these has been
    /// erased meanwhile, nothing is changed.</summary>
    public IReadOnlyCollection<DocumentId> Documents { get; init; } = [];

    /// <summary>The segments of vectors whose place it takes, or that go.</summary>
    public IReadOnlyList<ContentHash> Leaving { get; init; } = [];

    /// <summary>The only generation that the change follows; <see langword="null"/> for any that has all that leaves.
    /// </summary>
    public long? After { get; init; }
}
