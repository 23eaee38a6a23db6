using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>The files of the ledger in an object store: tiles, bundles of entries, and checkpoints.</summary>
internal sealed class LedgerFiles(IObjectStore objects, string site) : ITileSource
{
    private readonly BlobKey _checkpoint = BlobKey.ForLedger(site, LedgerFolder.CheckpointName);
    private readonly BlobKey _cosigned = BlobKey.ForLedger(site, "checkpoint.cosigned");
    private readonly BlobKey _minimum = BlobKey.ForLedger(site, MinimumIndex.FileName);
    private readonly BlobKey _contradiction = BlobKey.ForLedger(site, "checkpoint.contradicting");

    public async ValueTask<byte[]?> ReadAsync(TilePath path, CancellationToken cancellationToken) =>
        await TryReadAsync(Key(path), cancellationToken);

    /// <summary>Reads a tile or a bundle; where a partial one is gone, the first part of the full one.</summary>
    public async ValueTask<byte[]?> ReadWholeAsync(TilePath path, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(path, cancellationToken);
        if (bytes is not null || !path.IsPartial)
        {
            return bytes;
        }

        var full = await ReadAsync(path with { Width = TilePath.FullWidth }, cancellationToken);
        if (full is null || path.Level is not null)
        {
            return full?[..(path.Width * MerkleHash.Length)];
        }

        var entries = EntryBundle.Read(full, TilePath.FullWidth).Take(path.Width);
        return EntryBundle.Write([.. entries.Select(entry => entry.ToArray())]);
    }

    /// <summary>Loads the tiles that some ranges need.</summary>
    /// <exception cref="LedgerForkedException">A file is no tile.</exception>
    public async ValueTask<TileHashes> LoadAsync(
        long size,
        IEnumerable<MerkleRange> ranges,
        CancellationToken cancellationToken)
    {
        try
        {
            return await TileHashes.LoadAsync(this, size, ranges, cancellationToken);
        }
        catch (ProofFormatException)
        {
            throw new LedgerForkedException("has a file under the name of a tile that is none", size);
        }
    }

    /// <summary>Loads the tiles that are not full: what new leaves are hashed together with, and the root.</summary>
    /// <exception cref="LedgerForkedException">A file is no tile.</exception>
    public ValueTask<TileHashes> LoadEdgeAsync(long size, CancellationToken cancellationToken) =>
        LoadAsync(size, Edge(size), cancellationToken);

    /// <summary>Whether one tree has grown out of another, by the tiles that are here.</summary>
    /// <param name="older">The smaller tree; of an empty one every tree grows.</param>
    /// <param name="newer">The larger tree, or the same.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LedgerForkedException">A file is no tile.</exception>
    public async ValueTask<bool> IsGrownAsync(
        Checkpoint older,
        Checkpoint newer,
        CancellationToken cancellationToken)
    {
        if (older.Size == 0)
        {
            return true;
        }

        var ranges = MerkleProofs.ConsistencyRanges(older.Size, newer.Size);
        var hashes = await LoadAsync(newer.Size, ranges, cancellationToken);
        return MerkleProofs.Consistency(older.Size, newer.Size, hashes) is { } proof
            && MerkleVerifier.IsConsistent(older.Size, newer.Size, proof, older.Root, newer.Root);
    }

    public ValueTask<byte[]?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        TryReadAsync(_checkpoint, cancellationToken);

    public ValueTask ReplaceCheckpointAsync(ReadOnlyMemory<byte> note, CancellationToken cancellationToken) =>
        objects.ReplaceAsync(_checkpoint, note, cancellationToken);

    /// <summary>Reads the newest checkpoint that enough witnesses cosigned.</summary>
    public ValueTask<byte[]?> ReadCosignedAsync(CancellationToken cancellationToken) =>
        TryReadAsync(_cosigned, cancellationToken);

    public ValueTask ReplaceCosignedAsync(ReadOnlyMemory<byte> note, CancellationToken cancellationToken) =>
        objects.ReplaceAsync(_cosigned, note, cancellationToken);

    /// <summary>Reads the signed minimum index of a ledger that was pruned.</summary>
    public ValueTask<byte[]?> ReadMinimumAsync(CancellationToken cancellationToken) =>
        TryReadAsync(_minimum, cancellationToken);

    public ValueTask ReplaceMinimumAsync(ReadOnlyMemory<byte> note, CancellationToken cancellationToken) =>
        objects.ReplaceAsync(_minimum, note, cancellationToken);

    /// <summary>Reads the checkpoint by which a witness showed that the ledger was rolled back or forked.</summary>
    public ValueTask<byte[]?> ReadContradictionAsync(CancellationToken cancellationToken) =>
        TryReadAsync(_contradiction, cancellationToken);

    public ValueTask ReplaceContradictionAsync(ReadOnlyMemory<byte> note, CancellationToken cancellationToken) =>
        objects.ReplaceAsync(_contradiction, note, cancellationToken);

    /// <summary>Proves that the tree grew out of a smaller one.</summary>
    /// <exception cref="LedgerForkedException">A file is no tile, or is missing.</exception>
    public async ValueTask<IReadOnlyList<MerkleHash>> ProveGrowthAsync(
        long oldSize,
        long size,
        CancellationToken cancellationToken)
    {
        if (oldSize == 0)
        {
            return [];
        }

        var hashes = await LoadAsync(size, MerkleProofs.ConsistencyRanges(oldSize, size), cancellationToken);
        return MerkleProofs.Consistency(oldSize, size, hashes)
            ?? throw new LedgerForkedException("lacks tiles of its checkpoint", size);
    }

    /// <summary>Puts a tile or a bundle. The same tree has the same bytes under a name, whoever writes them.</summary>
    /// <exception cref="LedgerForkedException">There are others.</exception>
    public async Task PutAsync(TilePath path, byte[] bytes, long size, CancellationToken cancellationToken)
    {
        if (await objects.PutIfAbsentAsync(Key(path), bytes, cancellationToken) == PutOutcome.AlreadyThere
            && await ReadAsync(path, cancellationToken) is { } there
            && !there.AsSpan().SequenceEqual(bytes))
        {
            throw new LedgerForkedException($"has other bytes in {path} than its events give", size);
        }
    }

    /// <summary>Lists the tiles and bundles that are there.</summary>
    public async Task<IReadOnlyList<TilePath>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<TilePath>();
        await foreach (var info in objects.ListAsync($"l/{site}/tile/", null, cancellationToken))
        {
            if (TilePath.TryParse(info.Key.Value[$"l/{site}/".Length..], out var path))
            {
                found.Add(path);
            }
        }

        return found;
    }

    /// <summary>Deletes the partial tiles and bundles that full ones replace.</summary>
    public async Task DeletePartialAsync(IEnumerable<TilePath> full, CancellationToken cancellationToken)
    {
        foreach (var path in full)
        {
            var keys = new List<BlobKey>();
            await foreach (var info in objects.ListAsync($"{Key(path).Value}.p/", null, cancellationToken))
            {
                keys.Add(info.Key);
            }

            await objects.DeleteAsync(keys, cancellationToken);
        }
    }

    private static IEnumerable<MerkleRange> Edge(long size)
    {
        for (var shift = 0; size >> shift > 0; shift += TilePath.Height)
        {
            var count = size >> shift;
            var start = count / TilePath.FullWidth * TilePath.FullWidth;
            if (start < count)
            {
                yield return new MerkleRange(start << shift, count << shift);
            }
        }
    }

    private async ValueTask<byte[]?> TryReadAsync(BlobKey key, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (await objects.HeadAsync(key, cancellationToken) is not { } info)
            {
                return null;
            }

            try
            {
                return (await objects.ReadAsync(key, 0, info.SizeBytes, cancellationToken)).ToArray();
            }
            catch (BlobMissingException)
            {
                // Deleted or replaced by a shorter one between the two calls: look again.
            }
        }

        return null;
    }

    private BlobKey Key(TilePath path) => BlobKey.ForLedger(site, path.ToString());
}
