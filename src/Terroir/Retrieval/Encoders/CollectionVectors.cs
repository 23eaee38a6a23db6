using Terroir.Catalog;
using Terroir.Retrieval.Vectors;
using Terroir.Storage;

namespace Terroir.Retrieval.Encoders;

/// <summary>The vectors of a collection that are in force at one generation. Immutable.</summary>
/// <param name="Encoder">What made them.</param>
/// <param name="Blocks">The blocks, by their names.</param>
internal sealed record CollectionVectors(EncoderName Encoder, IReadOnlyList<LiveBlock> Blocks)
{
    /// <summary>For how many sets of principals the rows are kept that they may read.</summary>
    internal const int AskerCountMax = 64;

    /// <summary>What these take together.</summary>
    internal const long AllowedSizeMaxBytes = 8 << 20;

    private readonly BoundedCache<IReadOnlySet<string>, VectorScope[]> _readable = new(
        AllowedSizeMaxBytes,
        scopes => Math.Max(scopes.Sum(scope => (long)scope.Block.Count / 8), AllowedSizeMaxBytes / AskerCountMax),
        PrincipalSetComparer.Instance);

    /// <summary>Opens what is in force; blocks that an earlier generation had open stay so.</summary>
    /// <param name="catalog">Reads the blocks.</param>
    /// <param name="rows">The segments of the generation.</param>
    /// <param name="segments">The segments with documents.</param>
    /// <param name="before">What was open before.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The vectors; <see langword="null"/> if no encoder is in force.</returns>
    /// <exception cref="BlobCorruptException">A block is damaged.</exception>
    public static async Task<CollectionVectors?> OpenAsync(
        ICatalog catalog,
        IEnumerable<SegmentRow> rows,
        IReadOnlyList<SnapshotSegment> segments,
        CollectionVectors? before,
        CancellationToken cancellationToken)
    {
        var held = rows.Where(SegmentKinds.HoldsVectors).OrderBy(row => row.Hash).ToArray();
        if (held.Length == 0)
        {
            return null;
        }

        var known = before?.Blocks.ToDictionary(block => block.Hash) ?? [];
        var files = new List<VectorRow>();
        foreach (var row in held)
        {
            files.Add(known.TryGetValue(row.Hash, out var open)
                ? new VectorRow(row, open.File)
                : await VectorRow.OpenAsync(catalog, row, cancellationToken));
        }

        if (VectorRow.InForce(files) is not { } encoder)
        {
            return null;
        }

        var places = new DocumentPlaces(segments);
        return new CollectionVectors(
            encoder,
            [
                .. files.Where(item => item.File.Encoder.Card == encoder.Card).Select(item => new LiveBlock(
                    item.Row.Hash,
                    item.File,
                    known.GetValueOrDefault(item.Row.Hash)?.Block ?? item.OpenBlock(),
                    places.Of(item.File))),
            ]);
    }

    /// <summary>What of each block a search may look at.</summary>
    /// <param name="selected">For each segment the documents that may be found.</param>
    /// <param name="principals">The asker's, if the documents are all that they may read; <see langword="null"/> if
    /// filters take some away.</param>
    public IReadOnlyList<VectorScope> Allow(IReadOnlyList<DocumentSet> selected, IReadOnlySet<string>? principals)
    {
        if (principals is not null && _readable.Find(principals) is { } known)
        {
            return known;
        }

        VectorScope[] scopes = [.. Blocks.Select(block => new VectorScope(block.Block, block.Allow(selected)))];
        if (principals is not null)
        {
            _readable.Keep(principals, scopes);
        }

        return scopes;
    }
}
