using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;

namespace Terroir.Provenance.Receipts;

/// <summary>Looks into a copy of a ledger.</summary>
internal static class LedgerScan
{
    /// <summary>Finds a leaf, and checks that what stands there is under the checkpoint's root.</summary>
    /// <returns>Its place; <see langword="null"/> if it is not there.</returns>
    /// <exception cref="ProofFormatException">The tiles are not those of the checkpoint.</exception>
    public static async ValueTask<long?> FindAsync(
        ITileSource tiles,
        Checkpoint checkpoint,
        long minimum,
        MerkleHash leaf,
        long? index,
        CancellationToken cancellationToken)
    {
        var place = index
            ?? await SearchAsync(tiles, checkpoint.Size, minimum, leaf, cancellationToken).ConfigureAwait(false);
        if (place is not { } found || found >= checkpoint.Size)
        {
            return null;
        }

        var size = checkpoint.Size;
        var ranges = MerkleProofs.InclusionRanges(found, size).Append(new MerkleRange(found, found + 1));
        var hashes = await TileHashes.LoadAsync(tiles, size, ranges, cancellationToken).ConfigureAwait(false);
        if (hashes.Read(new MerkleNode(0, found)) is not { } stored
            || MerkleProofs.Inclusion(found, size, hashes) is not { } path
            || !MerkleVerifier.IsIncluded(found, size, stored, path, checkpoint.Root))
        {
            throw new ProofFormatException("ledger", "tiles are missing, or are not those of the checkpoint");
        }

        return stored == leaf ? found : null;
    }

    /// <summary>Whether a tree in tiles began as a smaller one.</summary>
    public static async ValueTask<bool> IsGrownAsync(
        ITileSource tiles,
        Checkpoint then,
        Checkpoint now,
        CancellationToken cancellationToken)
    {
        var ranges = MerkleProofs.ConsistencyRanges(then.Size, now.Size);
        var hashes = await TileHashes.LoadAsync(tiles, now.Size, ranges, cancellationToken).ConfigureAwait(false);
        return MerkleProofs.Consistency(then.Size, now.Size, hashes) is { } proof
            && MerkleVerifier.IsConsistent(then.Size, now.Size, proof, then.Root, now.Root);
    }

    // From the newest leaf back: a receipt at hand is more often a late one.
    private static async ValueTask<long?> SearchAsync(
        ITileSource tiles,
        long size,
        long minimum,
        MerkleHash leaf,
        CancellationToken cancellationToken)
    {
        for (var tile = (size - 1) / TilePath.FullWidth; tile >= minimum / TilePath.FullWidth && size > 0; tile--)
        {
            var start = tile * TilePath.FullWidth;
            var width = (int)Math.Min(TilePath.FullWidth, size - start);
            var path = new TilePath(0, tile, width);
            var bytes = await tiles.ReadAsync(path, cancellationToken).ConfigureAwait(false);
            if (bytes is null && path.IsPartial)
            {
                var full = path with { Width = TilePath.FullWidth };
                bytes = await tiles.ReadAsync(full, cancellationToken).ConfigureAwait(false);
            }

            if (bytes is null || bytes.Length < width * MerkleHash.Length)
            {
                throw new ProofFormatException("ledger", $"{path} is missing or too short");
            }

            for (var i = width - 1; i >= 0; i--)
            {
                if (MerkleHash.FromBytes(bytes.AsSpan(i * MerkleHash.Length, MerkleHash.Length)) == leaf)
                {
                    return start + i;
                }
            }
        }

        return null;
    }
}
