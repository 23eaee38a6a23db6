using System.Globalization;
using Terroir.Provenance.Events;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Prunes the ledger by a minimum index (C2SP tlog-tiles): tiles and bundles that end at or below it are not
/// served any more. None is deleted, as the specification recommends: the site can still prove every event, and a
/// witness that is far behind can still be led to the newest checkpoint.</summary>
/// <remarks>Safe to call from several threads and processes at once. The index only grows.</remarks>
public sealed class LedgerPruning
{
    private readonly ILedgerStore _rows;
    private readonly LedgerFiles _files;
    private readonly ILedger _ledger;
    private readonly LedgerIdentity _identity;
    private readonly EventLog _events;
    private readonly TimeProvider _time;

    // Verified once: it is read with each tile that is asked for.
    private (byte[]? Note, long Index) _opened;

    internal LedgerPruning(
        IMetastore metastore,
        IObjectStore objects,
        ILedger ledger,
        LedgerIdentity identity,
        EventLog events,
        TimeProvider time)
    {
        (_rows, _ledger, _identity, _events, _time) = (metastore.Ledger, ledger, identity, events, time);
        _files = new LedgerFiles(objects, identity.Site);
    }

    /// <summary>Reads the signed minimum index.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The note; <see langword="null"/> if the ledger was never pruned.</returns>
    public ValueTask<byte[]?> ReadNoteAsync(CancellationToken cancellationToken) =>
        _files.ReadMinimumAsync(cancellationToken);

    /// <summary>Reads the least index of an event that is published.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The index; 0 if the ledger was never pruned.</returns>
    /// <exception cref="LedgerForkedException">What stands for it is not signed by this site.</exception>
    public async ValueTask<long> ReadIndexAsync(CancellationToken cancellationToken)
    {
        var note = await _files.ReadMinimumAsync(cancellationToken);
        var opened = _opened;
        if (note is null || (opened.Note is { } known && known.AsSpan().SequenceEqual(note)))
        {
            return note is null ? 0 : opened.Index;
        }

        opened = (note, _identity.OpenMinimum(note));
        _opened = opened;
        return opened.Index;
    }

    /// <summary>Plans a pruning.</summary>
    /// <param name="before">Only events before this time.</param>
    /// <param name="publishedFor">How long the policy of the site asks for events to stay published; zero without a
    /// policy.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The plan. What no witness has seen yet stays, and so does a bundle whose events are not all from before
    /// that time.</returns>
    /// <exception cref="PruningRefusedException">There is no policy, or it asks for longer.</exception>
    /// <exception cref="LedgerForkedException">The ledger is not one history any more.</exception>
    public async Task<PruningPlan> PlanAsync(
        DateTimeOffset before,
        TimeSpan publishedFor,
        CancellationToken cancellationToken)
    {
        if (publishedFor <= TimeSpan.Zero)
        {
            throw new PruningRefusedException(PruningProblem.NoPolicy);
        }

        var latest = _time.GetUtcNow() - publishedFor;
        if (before > latest)
        {
            throw new PruningRefusedException(PruningProblem.TooRecent, latest);
        }

        var size = await _ledger.FlushAsync(cancellationToken);
        var kept = await _rows.FindAsync(new LedgerQuery { From = before }, cancellationToken);
        var end = Math.Min(kept.Count > 0 ? kept[0].Index : size, await ReadSeenAsync(size, cancellationToken));
        var current = await ReadIndexAsync(cancellationToken);
        var index = Math.Max(current, end / TilePath.FullWidth * TilePath.FullWidth);
        return new PruningPlan(current, index, size, await CountReceiptsAsync(current, index, cancellationToken));
    }

    /// <summary>Carries a plan out: the event first, then the index, so that no kill leaves a pruning that nothing
    /// tells of.</summary>
    /// <param name="plan">The plan; one without an event does nothing.</param>
    /// <param name="cancellationToken">Stops before the event is written.</param>
    /// <exception cref="LedgerForkedException">The ledger is not one history any more.</exception>
    public async Task RunAsync(PruningPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.EventCount == 0)
        {
            return;
        }

        var index = plan.Index.ToString(CultureInfo.InvariantCulture);
        await _events.RecordAsync(
            EventKinds.LedgerPruned,
            actor: null,
            subject: null,
            $"minimum index {index}",
            cancellationToken);
        if (plan.Index > await ReadIndexAsync(CancellationToken.None))
        {
            var text = new MinimumIndex(_identity.Signer.Key.Name, plan.Index).ToText();
            var note = SignedNote.Sign(text, _identity.Signer).ToBytes();
            await _files.ReplaceMinimumAsync(note, CancellationToken.None);
        }
    }

    // Where there are witnesses, what they saw; a checkpoint that is served must reach the minimum index.
    private async Task<long> ReadSeenAsync(long size, CancellationToken cancellationToken) =>
        await _files.ReadCosignedAsync(cancellationToken) is { } note
            ? Math.Min(size, _identity.OpenOwn(note).Size)
            : size;

    private async Task<long> CountReceiptsAsync(long from, long to, CancellationToken cancellationToken)
    {
        var count = 0L;
        var query = new LedgerQuery { Kind = LedgerLeaf.ReceiptKind, FromIndex = from };
        while (await _rows.FindAsync(query, cancellationToken) is { Count: > 0 } rows)
        {
            count += rows.Count(placed => placed.Index < to);
            if (rows[^1].Index >= to)
            {
                break;
            }

            query = query with { FromIndex = rows[^1].Index + 1 };
        }

        return count;
    }
}
