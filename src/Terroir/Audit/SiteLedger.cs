using System.Runtime.ExceptionServices;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>The ledger over a metastore and an object store.</summary>
/// <remarks>Whoever gets the turn appends what all who wait bring, in one transaction and under one checkpoint: many
/// answers at once cost the flushes of one.</remarks>
internal sealed class SiteLedger : ILedger, IDisposable
{
    private readonly ILedgerStore _rows;
    private readonly LedgerFiles _files;
    private readonly LedgerIdentity _identity;
    private readonly LedgerGrowth _growth;
    private readonly LedgerExamination _examination;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();

    // As long as there are callers who wait; the host admits a bounded number.
    private List<Waiting> _waiting = [];
    private bool _isExamined;

    public SiteLedger(IMetastore metastore, IObjectStore objects, LedgerIdentity identity)
    {
        _rows = metastore.Ledger;
        _files = new LedgerFiles(objects, identity.Site);
        _identity = identity;
        _growth = new LedgerGrowth(_rows, _files, identity);
        _examination = new LedgerExamination(_rows, _files, identity);
    }

    public VerifierKey Key => _identity.Signer.Key;

    public LedgerForkedException? Fault { get; private set; }

    public async Task<long> AppendAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken)
    {
        var mine = new Waiting(rows);
        lock (_gate)
        {
            _waiting.Add(mine);
        }

        try
        {
            await _turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                _waiting.Remove(mine);
            }

            throw;
        }

        try
        {
            if (!mine.IsTaken)
            {
                await AppendAsync(Take());
            }
        }
        finally
        {
            _turn.Release();
        }

        mine.Failure?.Throw();
        return mine.First!.Value;
    }

    public async Task<long> FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await GrowAsync(long.MaxValue, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<LogProof?> ProveAsync(long index, CancellationToken cancellationToken) =>
        await ProveAsync([index], cancellationToken) is { } proofs
            ? new LogProof(index, proofs.Paths[0], proofs.Checkpoint)
            : null;

    public async Task<LogProofs?> ProveAsync(IReadOnlyList<long> indexes, CancellationToken cancellationToken)
    {
        var state = await _rows.ReadStateAsync(cancellationToken);
        if (state.Size == 0 || indexes.Any(index => index < 0 || index >= state.Size))
        {
            return null;
        }

        // Under what witnesses saw, if they saw it.
        var (size, note) = await FindCosignedAsync(indexes.DefaultIfEmpty(-1).Max(), state.Size, cancellationToken)
            ?? (state.Size, SignedNote.Parse(state.Checkpoint.Span));
        var ranges = indexes.SelectMany(index => MerkleProofs.InclusionRanges(index, size));
        var hashes = await _files.LoadAsync(state.Size, ranges, cancellationToken);
        return new LogProofs(note, [.. indexes.Select(index => MerkleProofs.Inclusion(index, size, hashes)
            ?? throw new LedgerForkedException("lacks tiles of its checkpoint", state.Size))]);
    }

    /// <summary>Compares everything again, as a process does that begins: a witness contradicted.</summary>
    /// <exception cref="LedgerForkedException">The ledger is not one history any more.</exception>
    internal async Task ExamineAgainAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _isExamined = false;
            await ExamineAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask<byte[]?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        _files.ReadCheckpointAsync(cancellationToken);

    public ValueTask<byte[]?> ReadAsync(TilePath path, CancellationToken cancellationToken) =>
        _files.ReadAsync(path, cancellationToken);

    public void Dispose() => _turn.Dispose();

    private List<Waiting> Take()
    {
        lock (_gate)
        {
            var taken = _waiting;
            _waiting = [];
            taken.ForEach(waiting => waiting.IsTaken = true);
            return taken;
        }
    }

    // Not cancelled: others wait for the same transaction.
    private async Task AppendAsync(List<Waiting> batch)
    {
        try
        {
            await ExamineAsync(CancellationToken.None);
            var rows = batch.SelectMany(waiting => waiting.Rows).ToArray();
            var first = await _rows.AppendAsync(rows, CancellationToken.None);
            await GrowAsync(first + rows.Length, CancellationToken.None);
            foreach (var waiting in batch)
            {
                waiting.First = first;
                first += waiting.Rows.Count;
            }
        }
        catch (TerroirException exception)
        {
            batch.ForEach(waiting => waiting.Failure = ExceptionDispatchInfo.Capture(exception));
        }
    }

    private async Task<long> GrowAsync(long needed, CancellationToken cancellationToken)
    {
        await ExamineAsync(cancellationToken);
        var state = await _rows.ReadStateAsync(cancellationToken);
        while (state.Size < Math.Min(needed, state.RowCount))
        {
            state = await _growth.GrowAsync(state, cancellationToken);
        }

        return state.Size;
    }

    private async Task ExamineAsync(CancellationToken cancellationToken)
    {
        if (_isExamined)
        {
            return;
        }

        try
        {
            await _examination.RunAsync(cancellationToken);
            (_isExamined, Fault) = (true, null);
        }
        catch (LedgerForkedException exception)
        {
            Fault = exception;
            throw;
        }
    }

    private async Task<(long Size, SignedNote Note)?> FindCosignedAsync(
        long index,
        long size,
        CancellationToken cancellationToken)
    {
        var kept = await _files.ReadCosignedAsync(cancellationToken);
        return kept is not null
            && _identity.Open(kept) is { } cosigned
            && cosigned.Size > index
            && cosigned.Size <= size
            ? (cosigned.Size, SignedNote.Parse(kept))
            : null;
    }

    private sealed class Waiting(IReadOnlyList<LedgerRow> rows)
    {
        public IReadOnlyList<LedgerRow> Rows { get; } = rows;

        public bool IsTaken { get; set; }

        public long? First { get; set; }

        public ExceptionDispatchInfo? Failure { get; set; }
    }
}
