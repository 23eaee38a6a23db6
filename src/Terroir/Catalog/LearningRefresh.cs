using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Drafts the generation that replaces what was learned from a collection's text, when it is due.</summary>
/// <remarks>What was learned is a segment without documents: so garbage collection, backup, verification and rebuilding
/// know it, and a reader of a generation has exactly what that generation names.</remarks>
internal sealed class LearningRefresh(CatalogStores stores, ISegmentBuilder segments)
{
    /// <summary>Learns, if it is due.</summary>
    /// <param name="head">The head and its segments; its documents are not looked at.</param>
    /// <param name="readAsync">Reads records since a generation. All are read only where those that changed do not
    /// tell.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The draft, or <see langword="null"/> if what there is may stay.</returns>
    public async Task<GenerationDraft?> DraftAsync(
        CollectionRecords head,
        Func<long, CancellationToken, Task<CollectionRecords>> readAsync,
        CancellationToken cancellationToken)
    {
        var old = head.Segments.FirstOrDefault(SegmentKinds.HoldsLearning);
        var hash = old?.Hash ?? default;
        var collection = head.Head.Collection;
        if (segments.JudgedUntil(collection, hash) is var (generation, manifest)
            && await stores.Metastore.Catalog.KnowsAsync(collection, generation, manifest, cancellationToken)
            && segments.MayStay(hash, await readAsync(generation, cancellationToken)))
        {
            return null;
        }

        var state = await readAsync(0, cancellationToken);
        var learned = new LearnedText(
            state.Head.Collection,
            hash,
            old is null ? default : await ReadAsync(old, cancellationToken));
        if (segments.StartLearning(learned, state) is not { } learning)
        {
            return null;
        }

        var wanted = state.Documents.Select(row => (row.Segment, row.Id))
            .Where(item => learning.Wants(item.Id))
            .ToLookup(item => item.Segment, item => item.Id);
        foreach (var row in state.Segments.Where(row => wanted.Contains(row.Hash)))
        {
            var content = await ReadAsync(row, cancellationToken);
            learning.Add(new SegmentInput(content, wanted[row.Hash].ToHashSet()), cancellationToken);
        }

        var built = learning.Finish(cancellationToken);
        if (built is null ? old is null : built.Content.Span.SequenceEqual(learned.Content.Span))
        {
            return null;
        }

        var output = built is null ? null : stores.Seal.Segment(state.Head.Collection, built);
        if (output is not null)
        {
            await PrepareAsync(state, output.Object.Hash, built!.Content, cancellationToken);
        }

        var joining = built?.ToRow(output!.Object);
        return new GenerationDraft
        {
            Contents = output is null ? [] : [output],
            Segments = joining is null ? [] : [joining],
            Merge = old is null ? null : new SegmentMerge([old.Hash], joining),
        };
    }

    // Before it is published: a search finds the new generation and all that it needs of it.
    private async Task PrepareAsync(
        CollectionRecords state,
        ContentHash hash,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        var learned = new LearnedText(state.Head.Collection, hash, content);
        foreach (var row in state.Segments.Where(SegmentKinds.HoldsDocuments))
        {
            segments.Prepare(learned, row, await ReadAsync(row, cancellationToken), cancellationToken);
        }
    }

    private ValueTask<ReadOnlyMemory<byte>> ReadAsync(SegmentRow row, CancellationToken cancellationToken) =>
        stores.ReadObjectAsync(row.Hash, row.SizeBytes, cancellationToken);
}
