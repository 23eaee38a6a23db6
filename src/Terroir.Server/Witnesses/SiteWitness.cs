using System.Text;
using Microsoft.Extensions.Options;
using Terroir.Audit;
using Terroir.Provenance.Notes;

namespace Terroir.Server.Witnesses;

/// <summary>This site as a witness of others' logs (C2SP tlog-witness). Which logs is configuration.</summary>
/// <remarks>Safe to call from several threads at once. Comparing with the last checkpoint, keeping the new one and
/// answering are one turn, and only the process that serves a site takes it.</remarks>
internal sealed class SiteWitness(
    WitnessFolder folder,
    LedgerIdentity identity,
    IOptions<WitnessOptions> options) : IDisposable
{
    private readonly ILookup<string, VerifierKey> _logs = options.Value.ReadLogs();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IReadOnlyList<NoteSigner>? _signers;

    /// <summary>Reads the keys that verify its cosignatures, and makes them the first time.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="SiteDamagedException">The file of the key is none.</exception>
    public async Task<IReadOnlyList<VerifierKey>> ReadKeysAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return [.. (await OpenSignersAsync(cancellationToken)).Select(signer => signer.Key)];
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Answers a request to cosign; what it keeps is durable before it returns.</summary>
    /// <param name="body">The body of the request.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="SiteDamagedException">What was cosigned before cannot be read.</exception>
    /// <exception cref="StorageFailedException">The new checkpoint could not be kept; nothing was cosigned.</exception>
    public async Task<WitnessAnswer> AnswerAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var origin = OriginOf(body.Span);
            if (origin is not null && _logs.Contains(origin) && !folder.IsConfirmed(IdOf(origin)))
            {
                return new WitnessAnswer(
                    StatusCodes.Status503ServiceUnavailable,
                    WitnessAnswer.TextType,
                    "This witness was restored from a backup, and its operator has not confirmed yet what it cosigned "
                        + "last of the log.\n",
                    Update: null);
            }

            var log = await FindAsync(origin, cancellationToken);
            var signers = log is null ? [] : await OpenSignersAsync(cancellationToken);
            var answer = Witness.Answer(body.Span, _ => log, signers);
            if (answer.Update is { } update)
            {
                var note = AddCheckpointRequest.Parse(body.Span).Checkpoint;
                var lines = Encoding.UTF8.GetBytes(answer.Body);
                var cosigned = Cosignatures.Add(lines, note, signers.Select(signer => signer.Key));
                folder.Write(IdOf(update.Origin), cosigned.ToBytes());
            }

            return answer;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads what was cosigned last of a log.</summary>
    /// <param name="log">The SHA-256 of its origin.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The note; <see langword="null"/> for a log that is not watched, or was never cosigned.</returns>
    public async Task<byte[]?> ReadAsync(ContentHash log, CancellationToken cancellationToken) =>
        _logs.Any(group => IdOf(group.Key) == log) && folder.IsConfirmed(log)
            ? await folder.ReadAsync(log, cancellationToken)
            : null;

    /// <summary>Whether there are logs that it does not cosign because it was restored from a backup.</summary>
    public bool IsConfirmed => _logs.All(group => folder.IsConfirmed(IdOf(group.Key)));

    /// <summary>Confirms, after a restore, that nothing newer of a log was cosigned than the backup holds.</summary>
    /// <param name="origin">The origin of the log.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? ConfirmNone(string origin)
    {
        if (FaultOf(origin) is { } fault)
        {
            return fault;
        }

        folder.Confirm(IdOf(origin));
        return null;
    }

    /// <summary>Confirms, after a restore, what was cosigned last of a log.</summary>
    /// <param name="note">A checkpoint with the signature of its log and a cosignature of this witness.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The checkpoint, or what is wrong.</returns>
    /// <exception cref="ProofFormatException">The note is no checkpoint.</exception>
    /// <exception cref="SiteDamagedException">What the backup held of the log is no checkpoint.</exception>
    public async Task<(Checkpoint? Confirmed, string? Fault)> ConfirmAsync(
        byte[] note,
        CancellationToken cancellationToken)
    {
        var signed = SignedNote.Parse(note);
        var checkpoint = Checkpoint.Parse(signed.Text);
        if (FaultOf(checkpoint.Origin) is { } fault)
        {
            return (null, fault);
        }

        var keys = await ReadKeysAsync(cancellationToken);
        if (signed.Verify([.. _logs[checkpoint.Origin]]) is not { Count: > 0 }
            || signed.Verify(keys) is not { Count: > 0 })
        {
            return (null, "The checkpoint is not signed by its log and cosigned by this witness.");
        }

        var id = IdOf(checkpoint.Origin);
        if (await folder.OpenAsync(id, cancellationToken) is { } kept
            && (kept.Size > checkpoint.Size || (kept.Size == checkpoint.Size && kept.Root != checkpoint.Root)))
        {
            return (null, "The backup holds a newer checkpoint of the log than this one, or another of its size.");
        }

        // First what it cosigned, then that it may cosign.
        folder.Write(id, note);
        folder.Confirm(id);
        return (checkpoint, null);
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>By what a log is found: the SHA-256 of its origin.</summary>
    internal static ContentHash IdOf(string origin) => ContentHash.Of(Encoding.UTF8.GetBytes(origin));

    private string? FaultOf(string origin) =>
        !_logs.Contains(origin) ? $"'{origin}' is no log of 'witness: logs:' in terroir.yaml."
        : folder.IsConfirmed(IdOf(origin)) ? $"What was cosigned of '{origin}' is known; there is nothing to confirm."
        : null;

    // Of what is no request, nothing: the answer says so.
    private static string? OriginOf(ReadOnlySpan<byte> body)
    {
        try
        {
            return Checkpoint.Parse(AddCheckpointRequest.Parse(body).Checkpoint.Text).Origin;
        }
        catch (ProofFormatException)
        {
            return null;
        }
    }

    // Made when first needed: most sites are no witness.
    private async Task<IReadOnlyList<NoteSigner>> OpenSignersAsync(CancellationToken cancellationToken) =>
        _signers ??= await folder.OpenSignersAsync(identity, cancellationToken);

    private async Task<WitnessedLog?> FindAsync(string? origin, CancellationToken cancellationToken)
    {
        if (origin is null || !_logs.Contains(origin))
        {
            return null;
        }

        var last = await folder.OpenAsync(IdOf(origin), cancellationToken);
        return new WitnessedLog([.. _logs[origin]], last?.Size ?? 0, last?.Root ?? default);
    }
}
