using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Compares rows, tiles and checkpoint when a process begins to use the ledger: closes the gaps that a kill
/// can leave, and refuses two histories.</summary>
internal sealed class LedgerExamination(ILedgerStore rows, LedgerFiles files, LedgerIdentity identity)
{
    private readonly LedgerGrowth _growth = new(rows, files, identity);

    /// <summary>Examines the ledger.</summary>
    /// <exception cref="LedgerForkedException">It was rolled back, forked, or changed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // The file is read before the metastore's state: whoever wrote it had moved the state before.
        var stored = await ReadStoredAsync(cancellationToken);
        var state = await rows.ReadStateAsync(cancellationToken);
        if (state.Size == 0 && stored is null)
        {
            await ThrowIfContradictedAsync(known: null, cancellationToken);
            return;
        }

        var known = identity.Open(state.Checkpoint.Span);
        if (state.Size > 0 && known?.Size != state.Size)
        {
            throw new LedgerForkedException("is not back whole in the metastore, or was changed there", state.Size);
        }

        if (state.RowCount < state.Size)
        {
            throw new LedgerForkedException("lacks events in the metastore that its checkpoint counts", state.Size);
        }

        if (stored?.Size > state.Size)
        {
            throw new LedgerForkedException("has events in tiles that the metastore does not know", stored.Size);
        }

        await EnsureTilesAsync(known!, cancellationToken);
        await ThrowIfOtherAsync(stored, known!, cancellationToken);
        await ThrowIfContradictedAsync(known, cancellationToken);
        if (stored?.Size != known!.Size)
        {
            await _growth.PublishAsync(state.Checkpoint, cancellationToken);
        }
    }

    private async Task<Checkpoint?> ReadStoredAsync(CancellationToken cancellationToken)
    {
        var note = await files.ReadCheckpointAsync(cancellationToken);
        return note is null ? null : identity.OpenOwn(note);
    }

    // What a lost folder took is written again from the rows, and the root tells whether they are the same.
    private async Task EnsureTilesAsync(Checkpoint known, CancellationToken cancellationToken)
    {
        var root = MerkleProofs.Root(known.Size, await files.LoadEdgeAsync(known.Size, cancellationToken));
        if (root is null)
        {
            root = await new LedgerTileRepair(rows, files).RunAsync(known.Size, cancellationToken);
        }

        if (root != known.Root)
        {
            throw new LedgerForkedException("has tiles that are not those of its checkpoint", known.Size);
        }
    }

    private async Task ThrowIfOtherAsync(Checkpoint? stored, Checkpoint known, CancellationToken cancellationToken)
    {
        if (stored is not null && !await files.IsGrownAsync(stored, known, cancellationToken))
        {
            throw new LedgerForkedException("in the object store is another history than the metastore's", stored.Size);
        }
    }

    // What witnesses cosigned must be a former state, or this one: theirs cannot be put back from an older copy.
    private async Task ThrowIfContradictedAsync(Checkpoint? known, CancellationToken cancellationToken)
    {
        byte[]?[] notes =
        [
            await files.ReadCosignedAsync(cancellationToken),
            await files.ReadContradictionAsync(cancellationToken),
        ];
        foreach (var note in notes.OfType<byte[]>())
        {
            var seen = identity.OpenOwn(note);
            if (seen.Size > (known?.Size ?? 0))
            {
                throw new LedgerForkedException("was rolled back: a witness cosigned more events", seen.Size);
            }

            if (known is not null && !await files.IsGrownAsync(seen, known, cancellationToken))
            {
                throw new LedgerForkedException("was forked: a witness cosigned another history", seen.Size);
            }
        }
    }
}
