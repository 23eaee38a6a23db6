using System.Net;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;

namespace Terroir.Cli.Output;

/// <summary>A ledger that a server serves (C2SP tlog-tiles). Only what the verifier asks for is fetched, and nothing of
/// it counts before it is compared with a checkpoint that a trusted key signed.</summary>
internal sealed class LedgerAddress : ILedgerSource, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;

    private LedgerAddress(Uri address) => _client = new HttpClient { BaseAddress = address, Timeout = Patience };

    /// <summary>Opens a ledger.</summary>
    /// <param name="place">An address that begins with http:// or https://, or the path of a folder.</param>
    public static ILedgerSource Open(string place) =>
        Uri.TryCreate(place.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            ? new LedgerAddress(address)
            : new LedgerFolder(place);

    public ValueTask<byte[]?> ReadAsync(TilePath path, CancellationToken cancellationToken) =>
        GetAsync(path.ToString(), LedgerFolder.TileLengthMax, cancellationToken);

    public ValueTask<byte[]?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        GetAsync(LedgerFolder.CheckpointName, LedgerFolder.CheckpointLengthMax, cancellationToken);

    public ValueTask<byte[]?> ReadMinimumIndexAsync(CancellationToken cancellationToken) =>
        GetAsync(MinimumIndex.FileName, LedgerFolder.CheckpointLengthMax, cancellationToken);

    public void Dispose() => _client.Dispose();

    private async ValueTask<byte[]?> GetAsync(string name, int lengthMax, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(name, UriKind.Relative));
        try
        {
            using var response = await _client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            response.EnsureSuccessStatusCode();
            await response.Content.LoadIntoBufferAsync(lengthMax, cancellationToken);
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new ProofFormatException("ledger", $"{name} cannot be fetched ({exception.HttpRequestError})");
        }
    }
}
