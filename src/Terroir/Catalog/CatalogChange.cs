using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>What a writer commits as one generation.</summary>
public sealed record CatalogChange
{
    /// <summary>Documents that are added or replace their former version.</summary>
    public IReadOnlyList<PreparedDocument> Added { get; init; } = [];

    /// <summary>Live documents whose permissions or label changed.</summary>
    public IReadOnlyList<DocumentStamp> Stamped { get; init; } = [];

    /// <summary>Documents that stop answering.</summary>
    public IReadOnlyList<DocumentId> Removed { get; init; } = [];

    /// <summary>Those of <see cref="Removed"/> that are erased, and not only gone from their source.</summary>
    public IReadOnlyList<DocumentId> Erased { get; init; } = [];

    /// <summary>Source items to remember in the same commit.</summary>
    public IReadOnlyList<SourceItem> Items { get; init; } = [];

    /// <summary>Source items to forget in the same commit.</summary>
    public IReadOnlyList<SourceItemKey> RemovedItems { get; init; } = [];

    /// <summary>Whether there is anything that needs a generation; items alone do not.</summary>
    public bool IsEmpty => Added.Count == 0 && Stamped.Count == 0 && Removed.Count == 0;
}
