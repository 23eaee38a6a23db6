using Terroir.Documents;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Reads segments whole, and builds one that is damaged anew from the stored documents.</summary>
internal sealed class SegmentRebuild(CatalogStores stores, ISegmentBuilder segments)
{
    /// <summary>How many documents are in memory at once.</summary>
    internal const int BatchCount = 1_024;

    /// <summary>Looks at a segment.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public async Task<SegmentFault?> ExamineAsync(SegmentRow segment, CancellationToken cancellationToken)
    {
        try
        {
            var content = await stores.ReadObjectAsync(segment.Hash, segment.SizeBytes, cancellationToken);
            return segments.IsCurrent(content) ? null : SegmentFault.Outdated;
        }
        catch (BlobCorruptException)
        {
            return SegmentFault.Damaged;
        }
        catch (BlobMissingException)
        {
            return SegmentFault.Missing;
        }
        catch (KeyUnavailableException exception) when (exception.IsDestroyed)
        {
            // A backup from before an erasure: the documents that were not erased have keys of their own.
            return SegmentFault.Damaged;
        }
    }

    /// <summary>Lists the live documents of a segment.</summary>
    public static IReadOnlyList<StoredRecord> DocumentsOf(CollectionRecords state, SegmentRow segment) =>
        [.. state.Documents.Where(row => row.Segment == segment.Hash)];

    /// <summary>Builds a segment of documents.</summary>
    /// <returns>The segment, or <see langword="null"/> for no document; and the documents that cannot be read.
    /// </returns>
    public async Task<(BuiltSegment? Built, IReadOnlyList<DocumentId> Unreadable)> BuildAsync(
        IReadOnlyList<StoredRecord> rows,
        CancellationToken cancellationToken)
    {
        var unreadable = new List<DocumentId>();
        var parts = new List<SegmentInput>();
        BuiltSegment? built = null;
        foreach (var batch in rows.Chunk(BatchCount))
        {
            var documents = new List<SegmentDocument>(batch.Length);
            foreach (var row in batch)
            {
                var document = DocumentVersion.FromJson(row.Record.Span);
                documents.Add(await ReadAsync(document, unreadable, cancellationToken));
            }

            built = segments.Build(documents, cancellationToken);
            parts.Add(new SegmentInput(built.Content, batch.Select(row => row.Id).ToHashSet()));
        }

        return (parts.Count > 1 ? segments.Merge(parts, cancellationToken) : built, unreadable);
    }

    /// <summary>Drafts the generation in which a segment takes the place of another. What was learned from the text
    /// has no documents: it only goes, and is learned again when that is due.</summary>
    /// <returns>The draft; <see langword="null"/> when they have the same name and the bytes were put back.</returns>
    public async Task<GenerationDraft?> DraftAsync(
        CollectionId collection,
        SegmentRow damaged,
        SegmentFault fault,
        BuiltSegment? built,
        CancellationToken cancellationToken)
    {
        if (built is null)
        {
            if (fault != SegmentFault.Outdated)
            {
                // The same may be learned again, and must not meet the damaged bytes under its name.
                await stores.Objects.DeleteAsync([BlobKey.ForContent(damaged.Hash)], cancellationToken);
            }

            return new GenerationDraft { Merge = new SegmentMerge([damaged.Hash], null) };
        }

        var content = stores.Seal.Segment(collection, built);
        if (content.Object.Hash == damaged.Hash)
        {
            // What stands under the name is not what the name says, so nothing can need it.
            await stores.Objects.DeleteAsync([BlobKey.ForContent(damaged.Hash)], cancellationToken);
            await stores.PutAsync(content, cancellationToken);
            return null;
        }

        var row = built.ToRow(content.Object);
        return new GenerationDraft
        {
            Contents = [content],
            Segments = [row],
            Merge = new SegmentMerge([damaged.Hash], row),
        };
    }

    private async Task<SegmentDocument> ReadAsync(
        DocumentVersion document,
        List<DocumentId> unreadable,
        CancellationToken cancellationToken)
    {
        var (text, passages) = (ReadOnlyMemory<byte>.Empty, (IReadOnlyList<Passage>)[]);
        try
        {
            var content = await stores.ReadAsync(document.Text, cancellationToken);
            var records = await stores.ReadAsync(document.Passages, cancellationToken);
            (text, passages) = (content, CatalogRecords.ReadPassages(records.Span));
        }
        catch (Exception exception) when (exception is BlobCorruptException or BlobMissingException)
        {
            unreadable.Add(document.Id);
        }

        return new SegmentDocument(document.Id, document.Version, document.Title, text, passages);
    }
}
