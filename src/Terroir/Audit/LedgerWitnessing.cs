using System.Text;
using Terroir.Provenance.Notes;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Asks the witnesses that the operator declared to cosign the newest checkpoint, and keeps what enough of
/// them cosigned (C2SP tlog-witness, the side of the log).</summary>
/// <remarks>Safe to call from several threads at once: rounds follow one another. A witness's word alone stops nothing:
/// only a checkpoint with this site's own signature that the ledger does not hold shows a rollback or a fork.</remarks>
public sealed class LedgerWitnessing : IDisposable
{
    private readonly SiteLedger _ledger;
    private readonly ILedgerStore _rows;
    private readonly LedgerFiles _files;
    private readonly LedgerIdentity _identity;
    private readonly Asked[] _asked;
    private readonly int _quorum;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SignedNote? _collected;

    internal LedgerWitnessing(
        SiteLedger ledger,
        IMetastore metastore,
        IObjectStore objects,
        LedgerIdentity identity,
        IReadOnlyList<IWitness> witnesses,
        int quorum)
    {
        (_ledger, _rows, _identity) = (ledger, metastore.Ledger, identity);
        _files = new LedgerFiles(objects, identity.Site);
        _asked = [.. witnesses.Select(witness => new Asked(witness))];
        _quorum = quorum > 0 ? Math.Min(quorum, witnesses.Count) : witnesses.Count;
    }

    /// <summary>Whether there are witnesses.</summary>
    public bool HasWitnesses => _asked.Length > 0;

    /// <summary>What is known of each witness.</summary>
    public IReadOnlyList<WitnessView> Views => [.. _asked.Select(asked => asked.View)];

    /// <summary>Reads the newest checkpoint that enough witnesses cosigned.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The note with its cosignatures; <see langword="null"/> before the first, or without
    /// witnesses.</returns>
    public async ValueTask<byte[]?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        HasWitnesses ? await _files.ReadCosignedAsync(cancellationToken) : null;

    /// <summary>Asks each witness once that has not cosigned the newest checkpoint yet.</summary>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="LedgerForkedException">A witness showed that the ledger was rolled back or forked. It is
    /// stopped, in every process, until the right history is back.</exception>
    /// <exception cref="StorageFailedException">A store failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await RunRoundAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var state = await _rows.ReadStateAsync(cancellationToken);
        if (!HasWitnesses || _identity.Open(state.Checkpoint.Span) is not { Size: > 0 } newest)
        {
            return;
        }

        var note = SignedNote.Parse(state.Checkpoint.Span);
        if (!string.Equals(_collected?.Text, note.Text, StringComparison.Ordinal))
        {
            _collected = await FirstAsync(note, cancellationToken);
        }

        var waiting = Array.FindAll(_asked, asked => !HasCosigned(_collected!, asked));
        var cosigned = await Task.WhenAll(waiting.Select(asked => AskAsync(asked, note, newest, cancellationToken)));
        _collected = _collected!.With(cosigned.OfType<SignedNote>().SelectMany(answer => answer.Signatures));
        if (Array.Exists(waiting, asked => asked.Outcome == WitnessOutcome.Contradicts))
        {
            await _ledger.ExamineAgainAsync(cancellationToken);
        }
        else if (cosigned.Any(answer => answer is not null)
            && _asked.Count(asked => HasCosigned(_collected, asked)) >= _quorum)
        {
            await _files.ReplaceCosignedAsync(_collected.ToBytes(), cancellationToken);
        }
    }

    // A process that begins need not ask again for what is kept.
    private async Task<SignedNote> FirstAsync(SignedNote note, CancellationToken cancellationToken)
    {
        var kept = await _files.ReadCosignedAsync(cancellationToken);
        return kept is not null
            && _identity.Open(kept) is not null
            && SignedNote.Parse(kept) is var cosigned
            && string.Equals(cosigned.Text, note.Text, StringComparison.Ordinal)
            ? cosigned
            : note;
    }

    private static bool HasCosigned(SignedNote note, Asked asked) =>
        note.Verify(asked.Witness.Keys) is { Count: > 0 };

    private async Task<SignedNote?> AskAsync(
        Asked asked,
        SignedNote note,
        Checkpoint newest,
        CancellationToken cancellationToken)
    {
        // A witness that knows more of this log, or less, says how much, and is asked again once.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var size = Math.Min(asked.Size, newest.Size);
            var proof = await _files.ProveGrowthAsync(size, newest.Size, cancellationToken);
            var request = new AddCheckpointRequest(size, proof, note).ToBytes();
            var reply = await asked.Witness.AddCheckpointAsync(request, cancellationToken);
            asked.Status = reply.Status;
            switch (reply.Status)
            {
                case 200:
                    return Accept(asked, note, newest, reply);
                case 409 when TryReadSize(reply, out var known) && known != size && known <= newest.Size:
                    asked.Size = known;
                    continue;
                case 409 or 422:
                    asked.Outcome = await ContradictsAsync(asked, cancellationToken)
                        ? WitnessOutcome.Contradicts
                        : WitnessOutcome.Refused;
                    return null;
                default:
                    asked.Outcome = reply.Status == 0 ? WitnessOutcome.Unreachable : WitnessOutcome.Refused;
                    return null;
            }
        }

        asked.Outcome = WitnessOutcome.Refused;
        return null;
    }

    private static SignedNote? Accept(Asked asked, SignedNote note, Checkpoint newest, WitnessReply reply)
    {
        try
        {
            var cosigned = Cosignatures.Add(reply.Body.Span, note, asked.Witness.Keys);
            if (HasCosigned(cosigned, asked))
            {
                (asked.Size, asked.Outcome) = (newest.Size, WitnessOutcome.Cosigned);
                return cosigned;
            }
        }
        catch (ProofFormatException)
        {
            // It said yes, and what it sent is no cosignature of a key that the operator trusts.
        }

        asked.Outcome = WitnessOutcome.Refused;
        return null;
    }

    private async Task<bool> ContradictsAsync(Asked asked, CancellationToken cancellationToken)
    {
        var evidence = await asked.Witness.ReadCheckpointAsync(_identity.Signer.Key.Name, cancellationToken);
        if (evidence is null || _identity.Open(evidence) is not { } seen)
        {
            return false;
        }

        // Read again: another process may have grown the ledger meanwhile.
        var state = await _rows.ReadStateAsync(cancellationToken);
        if (_identity.Open(state.Checkpoint.Span) is not { } newest
            || (seen.Size <= newest.Size && await _files.IsGrownAsync(seen, newest, cancellationToken)))
        {
            return false;
        }

        await _files.ReplaceContradictionAsync(evidence, cancellationToken);
        return true;
    }

    private static bool TryReadSize(WitnessReply reply, out long size) => long.TryParse(
        Encoding.ASCII.GetString(reply.Body.Span).TrimEnd('\n'),
        System.Globalization.NumberStyles.None,
        System.Globalization.CultureInfo.InvariantCulture,
        out size);

    private sealed class Asked(IWitness witness)
    {
        public IWitness Witness { get; } = witness;

        public long Size { get; set; }

        public WitnessOutcome Outcome { get; set; }

        public int Status { get; set; }

        public WitnessView View => new(Witness.Name, Size, Outcome, Status);
    }
}
