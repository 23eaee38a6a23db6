using Terroir.Catalog;
using Terroir.Storage;

namespace Terroir.Retrieval.Encoders;

/// <summary>What there is to do for the vectors of a collection at one generation.</summary>
internal sealed class EmbeddingPlan
{
    private readonly Dictionary<UInt128, DocumentRecord> _live;
    private readonly Dictionary<ContentHash, HashSet<UInt128>> _covered = [];

    private EmbeddingPlan(CollectionRecords state, IReadOnlyList<VectorRow> rows, EncoderName? current)
    {
        var texts = new RecordTexts();
        _live = state.Documents.Select(row => DocumentRecord.Parse(row.Record, texts))
            .ToDictionary(record => record.Number);
        Head = state.Head;
        InForce = VectorRow.InForce(rows);
        Current = current;
        Blocks = [.. rows.OrderBy(item => item.Row.Hash).Select(Look)];
    }

    /// <summary>The generation.</summary>
    public CollectionHead Head { get; }

    /// <summary>The encoder that searches use.</summary>
    public EncoderName? InForce { get; }

    /// <summary>The encoder that passages are embedded with.</summary>
    public EncoderName? Current { get; }

    /// <summary>The blocks of all encoders.</summary>
    public IReadOnlyList<PlannedBlock> Blocks { get; }

    /// <summary>Reads what there is.</summary>
    /// <returns>The plan; <see langword="null"/> if there is no such collection, or neither encoder nor vector.
    /// </returns>
    public static async Task<EmbeddingPlan?> ReadAsync(
        ICatalog catalog,
        CollectionId collection,
        EncoderName? current,
        CancellationToken cancellationToken)
    {
        if ((current is null && !await HasVectorsAsync(catalog, collection, cancellationToken))
            || await catalog.ReadPinnedRecordsAsync(collection, since: 0, cancellationToken) is not { } state)
        {
            return null;
        }

        var rows = new List<VectorRow>();
        foreach (var row in state.Segments.Where(SegmentKinds.HoldsVectors))
        {
            rows.Add(await VectorRow.OpenAsync(catalog, row, cancellationToken));
        }

        return new EmbeddingPlan(state, rows, current);
    }

    /// <summary>The blocks of an encoder.</summary>
    public IReadOnlyList<PlannedBlock> BlocksOf(EncoderName encoder) =>
        [.. Blocks.Where(block => block.Encoder.Card == encoder.Card)];

    /// <summary>The documents that lack vectors of the current encoder, by what they say: which come first must not
    /// follow from when they came.</summary>
    public IReadOnlyList<DocumentVersion> FindMissing()
    {
        var covered = Current is null ? [] : _covered.GetValueOrDefault(Current.Card, []);
        return Current is null
            ? []
            : [
                .. _live.Values.Where(record => !covered.Contains(record.Number))
                    .OrderBy(record => record.EmbeddedContent)
                    .ThenBy(record => record.Number)
                    .Select(record => record.Read())
                    .Where(document => document.PassageCount > 0),
            ];
    }

    /// <summary>Describes the state.</summary>
    /// <param name="unreadableCount">How many documents could not be read.</param>
    public EmbeddingState Describe(int unreadableCount)
    {
        var counted = Current ?? InForce;
        return new EmbeddingState(
            InForce?.Id,
            Current?.Id,
            counted is null ? 0 : BlocksOf(counted).Sum(block => block.LiveVectorCount),
            _live.Values.Sum(record => record.Read().PassageCount),
            unreadableCount);
    }

    // Since the head itself: the segments, and no document.
    private static async Task<bool> HasVectorsAsync(
        ICatalog catalog,
        CollectionId collection,
        CancellationToken cancellationToken)
    {
        var heads = await catalog.ListHeadsAsync(cancellationToken);
        return heads.FirstOrDefault(head => head.Collection == collection) is { } head
            && await catalog.ReadPinnedRecordsAsync(collection, head.Generation, cancellationToken) is { } state
            && state.Segments.Any(SegmentKinds.HoldsVectors);
    }

    // A document counts in the first block that has it.
    private PlannedBlock Look(VectorRow item)
    {
        if (!_covered.TryGetValue(item.File.Encoder.Card, out var covered))
        {
            _covered[item.File.Encoder.Card] = covered = [];
        }

        EmbeddedDocument[] live =
        [
            .. item.File.Documents.Where(document =>
                _live.TryGetValue(document.Number, out var record)
                && record.EmbeddedContent == document.Content
                && covered.Add(document.Number)),
        ];
        return new PlannedBlock(item, live);
    }
}

/// <summary>A block and those of its documents that are live.</summary>
/// <param name="Source">The block.</param>
/// <param name="Live">Its live documents.</param>
internal sealed record PlannedBlock(VectorRow Source, IReadOnlyList<EmbeddedDocument> Live)
{
    public EncoderName Encoder => Source.File.Encoder;

    public SegmentRow Row => Source.Row;

    /// <summary>How many of its vectors are of live documents.</summary>
    public int LiveVectorCount { get; } = Live.Sum(document => document.Count);

    /// <summary>How many are not.</summary>
    public int DeadVectorCount => Row.PassageCount - LiveVectorCount;
}
