namespace Terroir.Provenance.Merkle;

/// <summary>The hashes of a tree, out of those of its tiles that some ranges need.</summary>
/// <remarks>Nothing is verified here: a wrong tile gives a root that is not the checkpoint's, and
/// <see cref="MerkleProofs.Root"/> shows that. Safe to share between threads.</remarks>
public sealed class TileHashes : IHashReader
{
    private readonly long _size;
    private readonly Dictionary<TilePath, byte[]> _tiles;

    private TileHashes(long size, Dictionary<TilePath, byte[]> tiles) => (_size, _tiles) = (size, tiles);

    /// <summary>Fetches the tiles that some ranges need; for a proof, at most two of each level.</summary>
    /// <param name="source">Where the tiles come from. Where a partial one is gone, the full one serves.</param>
    /// <param name="size">How many leaves the tree has; a checkpoint's size.</param>
    /// <param name="ranges">The ranges of a proof or of a root; they end within the tree.</param>
    /// <param name="cancellationToken">Stops the fetching.</param>
    /// <returns>The hashes; those whose tile is not there are missing from it.</returns>
    /// <exception cref="ProofFormatException">A tile has another length than its name says.</exception>
    public static async ValueTask<TileHashes> LoadAsync(
        ITileSource source,
        long size,
        IEnumerable<MerkleRange> ranges,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(ranges);
        var tiles = new Dictionary<TilePath, byte[]>();
        var paths = ranges.SelectMany(range => range.Nodes()).Select(node => TileSet.Holding(node, size)).Distinct();
        foreach (var path in paths)
        {
            var tile = await ReadAsync(source, path, cancellationToken).ConfigureAwait(false);
            if (tile is null && path.IsPartial)
            {
                var full = path with { Width = TilePath.FullWidth };
                tile = await ReadAsync(source, full, cancellationToken).ConfigureAwait(false);
            }

            if (tile is not null)
            {
                tiles.Add(path, tile);
            }
        }

        return new TileHashes(size, tiles);
    }

    /// <inheritdoc/>
    public MerkleHash? Read(MerkleNode node)
    {
        if (!_tiles.TryGetValue(TileSet.Holding(node, _size), out var tile))
        {
            return null;
        }

        var height = node.Level % TilePath.Height;
        var first = (int)((node.Index << height) % TilePath.FullWidth);
        return Hash(tile, first, 1 << height);
    }

    private static MerkleHash Hash(byte[] tile, int first, int count) => count == 1
        ? MerkleHash.FromBytes(tile.AsSpan(first * MerkleHash.Length, MerkleHash.Length))
        : MerkleHash.OfNode(Hash(tile, first, count / 2), Hash(tile, first + (count / 2), count / 2));

    private static async ValueTask<byte[]?> ReadAsync(
        ITileSource source,
        TilePath path,
        CancellationToken cancellationToken)
    {
        var bytes = await source.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        return bytes is null || bytes.Length == path.Width * MerkleHash.Length
            ? bytes
            : throw new ProofFormatException("tile", $"{path} has {bytes.Length} bytes");
    }
}
