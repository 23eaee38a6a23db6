using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Writes the tiles of events that are rows already, and signs the checkpoint that counts them.</summary>
/// <remarks>Tiles first, then the metastore's state, then the checkpoint's file: after a kill at any point the next
/// growth writes the same tiles again. Several processes may grow one ledger: rows do not move, so they write the same
/// bytes, and the state in the metastore decides whose checkpoint counts.</remarks>
internal sealed class LedgerGrowth(ILedgerStore rows, LedgerFiles files, LedgerIdentity identity)
{
    /// <summary>How many events one checkpoint adds at most.</summary>
    internal const int BatchMax = ILedgerStore.ReadCountMax - TilePath.FullWidth;

    // The checkpoint that this process signed last need not be verified.
    private (byte[] Note, MerkleHash Root) _signed = ([], MerkleHash.OfEmptyTree);

    /// <summary>Adds the next batch. One call at a time.</summary>
    /// <returns>The state afterwards; the same if nothing waits.</returns>
    /// <exception cref="LedgerForkedException">The tiles are not those of the state's checkpoint.</exception>
    public async Task<LedgerState> GrowAsync(LedgerState state, CancellationToken cancellationToken)
    {
        // From the first event of the bundle that the new ones end or follow.
        var first = state.Size / TilePath.FullWidth * TilePath.FullWidth;
        var batch = await rows.ReadAsync(first, BatchMax + TilePath.FullWidth, cancellationToken);
        var entries = batch.Select(placed => placed.Row.Entry.ToArray()).ToArray();
        var size = first + entries.Length;
        if (size <= state.Size)
        {
            return state;
        }

        var leaves = entries.Skip((int)(state.Size - first)).Select(entry => MerkleHash.OfLeaf(entry)).ToList();
        var growth = TileBuilder.Append(await LoadAsync(state, cancellationToken), state.Size, leaves);
        var bundles = TileSet.Grown(state.Size, size)
            .Where(path => path.Level == 0)
            .Select(path => Bundle(path, entries, first));
        var written = bundles.Concat(growth.Tiles).ToList();
        foreach (var (path, bytes) in written)
        {
            await files.PutAsync(path, bytes, state.Size, cancellationToken);
        }

        var text = new Checkpoint(identity.Signer.Key.Name, size, growth.Root).ToText();
        var note = SignedNote.Sign(text, identity.Signer).ToBytes();
        if (await rows.AdvanceAsync(state.Size, size, note, cancellationToken))
        {
            await PublishAsync(note, cancellationToken);
            var full = written.Select(tile => tile.Key).Where(path => !path.IsPartial);
            await files.DeletePartialAsync(full, cancellationToken);
            _signed = (note, growth.Root);
            return new LedgerState(Math.Max(state.RowCount, size), size, note);
        }

        return await rows.ReadStateAsync(cancellationToken);
    }

    /// <summary>Puts the newest checkpoint in its file, whoever else does so too.</summary>
    public async Task PublishAsync(ReadOnlyMemory<byte> note, CancellationToken cancellationToken)
    {
        while (true)
        {
            await files.ReplaceCheckpointAsync(note, cancellationToken);
            var newest = (await rows.ReadStateAsync(cancellationToken)).Checkpoint;
            if (newest.Span.SequenceEqual(note.Span))
            {
                return;
            }

            // Another process was faster in between, and its file may have been there before ours.
            note = newest;
        }
    }

    private async Task<TileHashes> LoadAsync(LedgerState state, CancellationToken cancellationToken)
    {
        var hashes = await files.LoadEdgeAsync(state.Size, cancellationToken);
        var root = state.Checkpoint.Span.SequenceEqual(_signed.Note)
            ? _signed.Root
            : identity.Open(state.Checkpoint.Span)?.Root ?? MerkleHash.OfEmptyTree;
        return MerkleProofs.Root(state.Size, hashes) == root
            ? hashes
            : throw new LedgerForkedException("has tiles that are not those of its checkpoint", state.Size);
    }

    private static KeyValuePair<TilePath, byte[]> Bundle(TilePath tile, byte[][] entries, long first)
    {
        var start = (int)((tile.Index * TilePath.FullWidth) - first);
        return new(tile with { Level = null }, EntryBundle.Write(entries[start..(start + tile.Width)]));
    }
}
