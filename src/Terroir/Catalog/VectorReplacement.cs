using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Drafts the generation in which vectors of passages join or go.</summary>
/// <remarks>Vectors take long to compute, so they are content: a segment without documents that the generation names,
/// and that garbage collection, backup, verification and rebuilding know for it.</remarks>
internal static class VectorReplacement
{
    /// <summary>Drafts.</summary>
    /// <param name="head">The head and its segments; its documents are not looked at.</param>
    /// <param name="change">The change.</param>
    /// <param name="seal">Seals what is stored.</param>
    /// <returns>The draft, or <see langword="null"/> if the collection is no longer as the change expects it.</returns>
    /// <exception cref="ArgumentException">What joins holds documents, or no vectors.</exception>
    public static GenerationDraft? Draft(CollectionRecords head, VectorChange change, ContentSeal seal)
    {
        var held = head.Segments.Where(SegmentKinds.HoldsVectors).Select(row => row.Hash).ToHashSet();
        if (!change.Leaving.All(held.Contains)
            || (change.After is { } expected && expected != head.Head.Generation)
            || (change.Joining is null && change.Leaving.Count == 0))
        {
            return null;
        }

        var output = change.Joining is null ? null : seal.Segment(head.Head.Collection, change.Joining);
        var row = output is null ? null : change.Joining!.ToRow(output.Object);
        if (row is not null && !SegmentKinds.HoldsVectors(row))
        {
            throw new ArgumentException("Vectors are a segment with passages and without documents.", nameof(change));
        }

        // The same vectors give the same bytes, unless they are sealed: what joins may be one of those that leave.
        ContentHash[] leaving = [.. change.Leaving.Where(hash => hash != row?.Hash)];
        if (leaving.Length == 0 && row is not null && held.Contains(row.Hash))
        {
            return null;
        }

        return new GenerationDraft
        {
            Contents = output is null ? [] : [output],
            Segments = row is null ? [] : [row],
            Merge = leaving.Length == 0 ? null : new SegmentMerge(leaving, row),
        };
    }
}
