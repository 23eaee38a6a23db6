using System.Runtime.ExceptionServices;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>The ledger over a metastore and an object store.</summary>
/// <remarks>Whoever gets the turn appends what all who wait bring, in one transaction and under one checkpoint: many
/// events at once cost the flushes of one.</remarks>
internal sealed class SiteLedger : ILedger, IDisposable, IAsyncDisposable
{
    /// <summary>How many events of this process wait for tiles at most.</summary>
    internal const int BehindMax = 256;

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

    // How many rows this process wrote that no tile has yet, and whether the last growth failed.
    private int _behindCount;
    private bool _isGrowthFailed;

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

    public Task<long> AppendAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken) =>
        WaitAsync(new Waiting(rows, NeedsTiles: true), cancellationToken);

    public Task<long> RecordAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken) =>
        WaitAsync(new Waiting(rows, NeedsTiles: false), cancellationToken);

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

    /// <summary>Brings what this process recorded into tiles. What fails is left to the next process.</summary>
    public async ValueTask DisposeAsync()
    {
        // A container may dispose of it under each name that it has: once is enough.
        var isBehind = _behindCount > 0;
        _behindCount = 0;
        try
        {
            if (isBehind)
            {
                await FlushAsync(CancellationToken.None);
            }
        }
        catch (TerroirException)
        {
            // The rows are durable.
        }

        Dispose();
    }

    public void Dispose() => _turn.Dispose();

    private async Task<long> WaitAsync(Waiting mine, CancellationToken cancellationToken)
    {
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
            _behindCount += rows.Length;
            if (_isGrowthFailed || _behindCount >= BehindMax || batch.Exists(waiting => waiting.NeedsTiles))
            {
                await GrowAsync(first + rows.Length, CancellationToken.None);
            }

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
        _isGrowthFailed = true;
        await ExamineAsync(cancellationToken);
        var state = await _rows.ReadStateAsync(cancellationToken);
        while (state.Size < Math.Min(needed, state.RowCount))
        {
            state = await _growth.GrowAsync(state, cancellationToken);
        }

        (_isGrowthFailed, _behindCount) = (false, 0);
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

    private sealed record Waiting(IReadOnlyList<LedgerRow> Rows, bool NeedsTiles)
    {
        public bool IsTaken { get; set; }

        public long? First { get; set; }

        public ExceptionDispatchInfo? Failure { get; set; }
    }
}
