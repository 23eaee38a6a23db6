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
            var log = await FindAsync(OriginOf(body.Span), cancellationToken);
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
        _logs.Any(group => IdOf(group.Key) == log) ? await folder.ReadAsync(log, cancellationToken) : null;

    public void Dispose() => _turn.Dispose();

    /// <summary>By what a log is found: the SHA-256 of its origin.</summary>
    internal static ContentHash IdOf(string origin) => ContentHash.Of(Encoding.UTF8.GetBytes(origin));

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
