using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Copies a ledger from one object store to another: tiles, then what is confidential, then the checkpoint.
/// </summary>
/// <remarks>A copy that was interrupted has the old checkpoint, and everything that it counts.</remarks>
internal sealed class LedgerCopy(LedgerIdentity identity)
{
    /// <summary>Copies.</summary>
    /// <returns>How many files were copied.</returns>
    /// <exception cref="LedgerForkedException">The target has another history, or the source is damaged.</exception>
    public async Task<int> RunAsync(IObjectStore source, IObjectStore target, CancellationToken cancellationToken)
    {
        var (from, to) = (new LedgerFiles(source, identity.Site), new LedgerFiles(target, identity.Site));
        var note = await from.ReadCheckpointAsync(cancellationToken);
        if (note is null)
        {
            return 0;
        }

        var newest = identity.OpenOwn(note);
        var there = await to.ReadCheckpointAsync(cancellationToken) is { } old
            ? identity.OpenOwn(old)
            : null;
        await ThrowIfForkedAsync(there, newest, from, cancellationToken);
        var count = 0;
        var tiles = TileSet.Grown(there?.Size ?? 0, newest.Size).ToList();
        var bundles = tiles.Where(tile => tile.Level == 0).Select(tile => tile with { Level = null });
        foreach (var path in bundles.Concat(tiles))
        {
            var bytes = await from.ReadWholeAsync(path, cancellationToken)
                ?? throw new LedgerForkedException($"lacks {path}", newest.Size);
            await to.PutAsync(path, bytes, newest.Size, cancellationToken);
            count++;
        }

        count += await CopyConfidentialAsync(source, target, cancellationToken);
        count += await CopyMinimumAsync(from, to, cancellationToken);
        await to.ReplaceCheckpointAsync(note, cancellationToken);
        return count + 1;
    }

    // The greater one holds: what was pruned since a backup does not come back into sight with it.
    private async Task<int> CopyMinimumAsync(LedgerFiles from, LedgerFiles to, CancellationToken cancellationToken)
    {
        var note = await from.ReadMinimumAsync(cancellationToken);
        var there = await to.ReadMinimumAsync(cancellationToken);
        if (identity.OpenMinimum(note) <= identity.OpenMinimum(there))
        {
            return 0;
        }

        await to.ReplaceMinimumAsync(note!, cancellationToken);
        return 1;
    }

    private async Task<int> CopyConfidentialAsync(
        IObjectStore source,
        IObjectStore target,
        CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var info in source.ListAsync($"a/{identity.Site}/", null, cancellationToken))
        {
            if (await target.HeadAsync(info.Key, cancellationToken) is null)
            {
                var bytes = await source.ReadAsync(info.Key, 0, info.SizeBytes, cancellationToken);
                await target.PutIfAbsentAsync(info.Key, bytes, cancellationToken);
                count++;
            }
        }

        return count;
    }

    private static async Task ThrowIfForkedAsync(
        Checkpoint? there,
        Checkpoint newest,
        LedgerFiles from,
        CancellationToken cancellationToken)
    {
        if (there is null)
        {
            return;
        }

        if (there.Size > newest.Size)
        {
            throw new LedgerForkedException("in the other folder has more events", there.Size);
        }

        if (!await from.IsGrownAsync(there, newest, cancellationToken))
        {
            throw new LedgerForkedException("in the other folder is another history", there.Size);
        }
    }
}
