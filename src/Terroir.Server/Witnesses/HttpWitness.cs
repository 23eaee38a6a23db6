using System.Net.Http.Headers;
using Terroir.Audit;
using Terroir.Provenance.Notes;
using Terroir.Server.Models;

namespace Terroir.Server.Witnesses;

/// <summary>A witness at an address.</summary>
internal sealed class HttpWitness(HttpClient client, DeclaredWitness declared) : IWitness
{
    private readonly string _base = declared.Url.TrimEnd('/');

    public string Name => declared.Url;

    public IReadOnlyList<VerifierKey> Keys { get; } = declared.ReadKeys();

    public async Task<WitnessReply> AddCheckpointAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{_base}/add-checkpoint"))
        {
            Content = new ReadOnlyMemoryContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        return await SendAsync(request, cancellationToken);
    }

    public async Task<byte[]?> ReadCheckpointAsync(string origin, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri($"{_base}/checkpoint/{SiteWitness.IdOf(origin).Hex}"));
        var reply = await SendAsync(request, cancellationToken);
        return reply.Status == StatusCodes.Status200OK ? reply.Body.ToArray() : null;
    }

    private async Task<WitnessReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(WitnessConnection.ReplyTimeout);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await using var content = new BoundedStream(
                await response.Content.ReadAsStreamAsync(limit.Token),
                SignedNote.LengthMax);
            using var body = new MemoryStream();
            await content.CopyToAsync(body, limit.Token);
            return new WitnessReply((int)response.StatusCode, body.ToArray());
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return WitnessReply.None;
        }
    }
}
