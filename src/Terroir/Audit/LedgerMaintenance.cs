using Terroir.Provenance.Events;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Rebuilds, checks and copies the ledger.</summary>
internal sealed class LedgerMaintenance(
    IMetastore metastore,
    IObjectStore objects,
    LedgerIdentity identity,
    IContentCipher? cipher = null) : ILedgerMaintenance
{
    private readonly LedgerFiles _files = new(objects, identity.Site);
    private readonly ConfidentialObjects _confidential = new(objects, identity, cipher);

    private ILedgerStore Rows => metastore.Ledger;

    public async Task<long> RebuildAsync(CancellationToken cancellationToken)
    {
        var note = await _files.ReadCheckpointAsync(cancellationToken);
        var stored = note is null ? null : identity.OpenOwn(note);
        var state = await Rows.ReadStateAsync(cancellationToken);
        if (stored is null || stored.Size <= state.Size)
        {
            await new LedgerExamination(Rows, _files, identity).RunAsync(cancellationToken);
            return await LogLostReceiptsAsync(cancellationToken);
        }

        await ThrowIfOtherAsync(stored, state, cancellationToken);
        var place = 0L;
        await foreach (var entries in new LedgerScan(_files).ReadAsync(stored.Size, cancellationToken))
        {
            var lost = new List<LedgerRow>();
            foreach (var entry in entries.Skip((int)Math.Clamp(state.Size - place, 0, entries.Count)))
            {
                lost.Add(await RowAsync(entry, cancellationToken));
            }

            place += entries.Count;
            var isLast = place == stored.Size;
            if (lost.Count > 0 && !await Rows.RestoreAsync(
                place - lost.Count,
                lost,
                isLast ? note : null,
                cancellationToken))
            {
                throw new StorageFailedException("ledger", "rebuild while another process writes", isTransient: true);
            }
        }

        return stored.Size - state.Size + await LogLostReceiptsAsync(cancellationToken);
    }

    public async Task<LedgerReport> VerifyAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var state = await Rows.ReadStateAsync(cancellationToken);
        try
        {
            await new LedgerExamination(Rows, _files, identity).RunAsync(cancellationToken);
            state = await Rows.ReadStateAsync(cancellationToken);
            if (identity.Open(state.Checkpoint.Span) is { } known)
            {
                await CompareAsync(known, problems, cancellationToken);
            }

            if (identity.OpenMinimum(await _files.ReadMinimumAsync(cancellationToken)) > state.Size)
            {
                problems.Add("The minimum index of the ledger lies behind its end.");
            }
        }
        catch (LedgerForkedException exception)
        {
            problems.Add(exception.Message);
        }

        return new LedgerReport(state.Size, state.RowCount - state.Size, problems);
    }

    public Task<int> BackUpAsync(IObjectStore target, CancellationToken cancellationToken) =>
        new LedgerCopy(identity).RunAsync(objects, target, cancellationToken);

    public Task<int> RestoreAsync(IObjectStore backup, CancellationToken cancellationToken) =>
        new LedgerCopy(identity).RunAsync(backup, objects, cancellationToken);

    private async Task<long> LogLostReceiptsAsync(CancellationToken cancellationToken) =>
        await new LostReceipts(Rows, objects, _confidential, identity).LogAsync(cancellationToken);

    // The whole of both is read before a row is written.
    private async Task ThrowIfOtherAsync(
        Provenance.Notes.Checkpoint stored,
        LedgerState state,
        CancellationToken cancellationToken)
    {
        var scan = new LedgerScan(_files);
        var place = 0L;
        await foreach (var entries in scan.ReadAsync(stored.Size, cancellationToken))
        {
            var known = await Rows.ReadAsync(place, entries.Count, cancellationToken);
            var shared = entries.Take((int)Math.Clamp(state.Size - place, 0, entries.Count)).ToList();
            if (!AreSame(known.Take(shared.Count), place, shared))
            {
                throw new LedgerForkedException("in the object store is another history than the metastore's", place);
            }

            place += entries.Count;
        }

        if (scan.Tree.Root != stored.Root)
        {
            throw new LedgerForkedException("has entries that are not those of its checkpoint", stored.Size);
        }
    }

    private async Task CompareAsync(
        Provenance.Notes.Checkpoint known,
        List<string> problems,
        CancellationToken cancellationToken)
    {
        var scan = new LedgerScan(_files);
        var place = 0L;
        var kept = new KeptEventCheck(_confidential, identity);
        await foreach (var entries in scan.ReadAsync(known.Size, cancellationToken))
        {
            var rows = await Rows.ReadAsync(place, entries.Count, cancellationToken);
            if (!AreSame(rows, place, entries))
            {
                problems.Add($"Events {place} to {place + entries.Count - 1} of the ledger differ in the metastore.");
            }

            await CompareKeptAsync(kept, rows, problems, cancellationToken);
            place += entries.Count;
        }

        if (scan.Tree.Root != known.Root)
        {
            problems.Add("The entries of the ledger are not those of its checkpoint.");
        }

        await CompareFilesAsync(scan.Tree, problems, cancellationToken);
    }

    // Also partial ones that a later checkpoint does not need any more: who has an older one may ask for them.
    private async Task CompareFilesAsync(MerkleTree tree, List<string> problems, CancellationToken cancellationToken)
    {
        var needed = TileSet.Of(tree.Size).ToHashSet();
        needed.UnionWith(needed.Where(path => path.Level == 0).Select(path => path with { Level = null }).ToList());
        var found = await _files.ListAsync(cancellationToken);
        problems.AddRange(needed.Except(found).Select(path => $"{path} of the ledger is missing."));
        foreach (var path in found.Where(path => path.IsWithin(tree.Size)))
        {
            var expected = await WriteAsync(path, tree, cancellationToken);
            var bytes = await _files.ReadAsync(path, cancellationToken);
            if (!bytes.AsSpan().SequenceEqual(expected))
            {
                problems.Add($"{path} of the ledger is damaged.");
            }
        }
    }

    private async Task<byte[]> WriteAsync(TilePath path, MerkleTree tree, CancellationToken cancellationToken)
    {
        if (path.Level is not null)
        {
            return LedgerTileRepair.Bytes(path, tree);
        }

        var rows = await Rows.ReadAsync(path.Index * TilePath.FullWidth, path.Width, cancellationToken);
        return EntryBundle.Write([.. rows.Select(placed => placed.Row.Entry.ToArray())]);
    }

    private static async Task CompareKeptAsync(
        KeptEventCheck kept,
        IReadOnlyList<PlacedLedgerRow> rows,
        List<string> problems,
        CancellationToken cancellationToken)
    {
        foreach (var (index, row) in rows)
        {
            if (!await kept.FitsAsync(row, cancellationToken))
            {
                problems.Add($"What is kept of event {index} is not what the ledger has.");
            }
        }
    }

    private static bool AreSame(IEnumerable<PlacedLedgerRow> rows, long place, IReadOnlyList<byte[]> entries)
    {
        var known = rows.ToList();
        return known.Count == entries.Count && known.Index().All(item =>
            item.Item.Index == place + item.Index
            && item.Item.Row.Entry.Span.SequenceEqual(entries[item.Index]));
    }

    // A kept receipt tells who asked; of other events only the entry is left.
    private async Task<LedgerRow> RowAsync(byte[] entry, CancellationToken cancellationToken)
    {
        var leaf = LedgerLeaf.TryParse(entry) ?? throw new LedgerForkedException("has an entry that is none", 0);
        var receipt = leaf.Kind is LedgerLeaf.ReceiptKind
            ? await ReceiptFile.TryReadAsync(_confidential, leaf.Digest, cancellationToken)
            : null;
        return new LedgerRow(leaf.Kind, leaf.ToTime(), entry)
        {
            Actor = receipt?.Asker,
            Subject = leaf.Kind is EventKinds.Generation or LedgerLeaf.ReceiptKind ? leaf.Digest.Hex : null,
        };
    }
}
