namespace Terroir.Retention;

/// <summary>The decision to erase documents: durable before the first deletion, and the tombstone ever after.</summary>
/// <remarks>It holds nothing of the documents: ids, which are digests, and keyed hashes of contents.</remarks>
public sealed record ErasureOrder
{
    /// <summary>The id: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset OrderedAt { get; init; }

    /// <summary>Why.</summary>
    public required ErasureBasis Basis { get; init; }

    /// <summary>The commitment to what was asked for. Who asked has what opens it; the site forgets it.</summary>
    public required ContentHash Asked { get; init; }

    /// <summary>The documents.</summary>
    public required IReadOnlyList<DocumentAddress> Documents { get; init; }

    /// <summary>The tags of their contents: <see cref="Catalog.ErasedDocuments.TagOf"/>.</summary>
    public IReadOnlyList<string> Contents { get; init; } = [];
}
