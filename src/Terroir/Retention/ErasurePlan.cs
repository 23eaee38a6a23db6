using Terroir.Storage;

namespace Terroir.Retention;

/// <summary>What an erasure would erase, for the operator to look at.</summary>
/// <param name="Documents">The live documents, by collection and id.</param>
/// <param name="Gone">Documents that were named and are not live, but known: what is left of them is erased.</param>
public sealed record ErasurePlan(IReadOnlyList<PlannedDocument> Documents, IReadOnlyList<GoneDocument> Gone)
{
    /// <summary>The documents that must be kept.</summary>
    public IReadOnlyList<PlannedDocument> Kept => [.. Documents.Where(document => document.KeptFor is not null)];
}

/// <summary>A document that would be erased.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Version">The version that is live.</param>
/// <param name="KeptFor">Why it must be kept, as a sentence; <see langword="null"/> if it need not.</param>
/// <param name="MentionCount">How often it names the person who is asked for; 0 if it was named itself.</param>
/// <param name="IsCopy">Whether it is here because its bytes are those of one that was named.</param>
public sealed record PlannedDocument(
    DocumentAddress Address,
    DocumentVersion Version,
    string? KeptFor,
    int MentionCount,
    bool IsCopy);

/// <summary>A document that is not live, or a file that never became one.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Source">The source that brought it; empty if it was named by its id.</param>
/// <param name="Path">Where it was in the source; empty as well then.</param>
public sealed record GoneDocument(DocumentAddress Address, string Source, string Path);
