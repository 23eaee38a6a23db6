using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Chooses segments to merge, merges them, and decides when all records are written anew.</summary>
internal sealed class SegmentMerging(CatalogStores stores, ISegmentBuilder segments, CatalogLimits limits)
{
    /// <summary>How many segments one merge takes at most.</summary>
    internal const int MergeInputMax = 64;

    /// <summary>A further segment joins a merge while it is at most so many times as large as those before it
    /// together, so that large segments are not written again for each small one.</summary>
    internal const int GrowthMax = 2;

    /// <summary>How many bytes one merge takes together: a segment stays below 2 GiB.</summary>
    internal const long MergeSizeMaxBytes = 3L << 29;

    /// <summary>All records are written anew when the written ones are so many times as large as the live ones.
    /// </summary>
    internal const int RecordsGrowthMax = 2;

    /// <summary>Drafts a merge.</summary>
    /// <param name="state">The head and its segments; its documents are not looked at.</param>
    /// <param name="readAllAsync">Reads all records of the head; asked for only if they are written anew.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The draft, or <see langword="null"/> if there are few segments.</returns>
    public async Task<GenerationDraft?> DraftAsync(
        CollectionRecords state,
        Func<Task<CollectionRecords>> readAllAsync,
        CancellationToken cancellationToken)
    {
        var inputs = PickInputs(
            [.. state.Segments.Where(SegmentKinds.HoldsDocuments)],
            limits.SegmentCountMax);
        if (inputs.Count == 0)
        {
            return null;
        }

        var contents = await ReadInputsAsync(state.Head.Collection, inputs, cancellationToken);
        var built = segments.Merge(contents, cancellationToken);
        var output = built is null ? null : stores.Seal.Segment(state.Head.Collection, built);
        var row = built?.ToRow(output!.Object);

        // The same documents give the same bytes, unless they are sealed: the output may be one of the inputs, which
        // then stays.
        var merge = new SegmentMerge([.. inputs.Select(input => input.Hash).Where(hash => hash != row?.Hash)], row);
        var draft = new GenerationDraft
        {
            Contents = output is null ? [] : [output],
            Segments = row is null ? [] : [row],
            Merge = merge,
        };
        return await WithAllRecordsAsync(state.Head.Collection, draft, readAllAsync, cancellationToken);
    }

    /// <summary>Takes the smallest segments: as many as are too many, and then those of a like size.</summary>
    internal static List<SegmentRow> PickInputs(IReadOnlyList<SegmentRow> rows, int countMax)
    {
        if (rows.Count <= countMax)
        {
            return [];
        }

        var picked = new List<SegmentRow>();
        var size = 0L;
        foreach (var row in rows.OrderBy(row => row.SizeBytes).ThenBy(row => row.Hash).Take(MergeInputMax))
        {
            var isLarge = picked.Count > rows.Count - countMax && row.SizeBytes > size * GrowthMax;
            if (isLarge || size + row.SizeBytes > MergeSizeMaxBytes)
            {
                break;
            }

            picked.Add(row);
            size += row.SizeBytes;
        }

        return picked.Count > 1 ? picked : [];
    }

    // When the records of the generations have grown well beyond the live ones, one generation writes them all: a
    // rebuild begins there, and the older records are garbage.
    private async Task<GenerationDraft> WithAllRecordsAsync(
        CollectionId collection,
        GenerationDraft draft,
        Func<Task<CollectionRecords>> readAllAsync,
        CancellationToken cancellationToken)
    {
        var objects = await stores.Metastore.Catalog.ListObjectsAsync(collection, cancellationToken);
        var written = objects.Where(item => item.Kind == ObjectKind.Records).ToArray();
        var writtenSize = written.Sum(item => item.SizeBytes);
        if (writtenSize < limits.RecordsSizeMinBytes || !stores.Growth.IsToMeasure(collection, writtenSize))
        {
            return draft;
        }

        var (count, sizeBytes) = await stores.Metastore.Catalog.MeasureRecordsAsync(collection, cancellationToken);
        if (writtenSize < CatalogRecords.SizeOf(count, sizeBytes, stores.Seal) * RecordsGrowthMax)
        {
            stores.Growth.Measured(collection, writtenSize);
            return draft;
        }

        return await new RecordsRewriting(stores).DraftAsync(await readAllAsync(), draft, cancellationToken);
    }

    private async Task<IReadOnlyList<SegmentInput>> ReadInputsAsync(
        CollectionId collection,
        IEnumerable<SegmentRow> inputs,
        CancellationToken cancellationToken)
    {
        var result = new List<SegmentInput>();
        foreach (var input in inputs)
        {
            var content = await stores.ReadObjectAsync(input.Hash, input.SizeBytes, cancellationToken);
            var live = await stores.Metastore.Catalog.ListDocumentsAsync(collection, input.Hash, cancellationToken);
            result.Add(new SegmentInput(content, live.ToHashSet()));
        }

        return result;
    }
}
