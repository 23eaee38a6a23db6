using Microsoft.IdentityModel.Protocols;
using Terroir.Audit;
using Terroir.Server.Egress;
using Terroir.Server.Models;

namespace Terroir.Server.Oidc;

/// <summary>Requests to the identity provider that the operator declared: to this machine and to hosts allowed by name,
/// in the clear only to this machine, without redirection, proxy or cookie. Each is in the ledger before it leaves.
/// </summary>
internal sealed class OidcConnection : IDocumentRetriever, IDisposable
{
    /// <summary>A provider that takes longer is away.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A reply of a provider has at most this many bytes.</summary>
    internal const int ReplySizeMaxBytes = 1_048_576;

    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    public OidcConnection(OidcOptions options, EventLog log, TimeProvider time)
    {
        _time = time;
        _client = new HttpClient(
            new EgressLog(AdmittedConnection.Open(Patience, options.Gate.Admits), log, "identity"))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Fetches a document that says something of the provider.</summary>
    /// <exception cref="IdentityProviderFailedException">It cannot be had.</exception>
    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(address));
        var (status, body) = await SendAsync(request, cancel);
        return status is StatusCodes.Status200OK
            ? body
            : throw new IdentityProviderFailedException($"{request.RequestUri} answers with status {status}.");
    }

    /// <summary>Posts a form.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="form">The fields.</param>
    /// <param name="basic">What authenticates this site in a header; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The status and the body.</returns>
    /// <exception cref="IdentityProviderFailedException">There is no reply.</exception>
    public async Task<(int Status, string Body)> PostAsync(
        string address,
        IEnumerable<KeyValuePair<string, string>> form,
        string? basic,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(address))
        {
            Content = new FormUrlEncodedContent(form),
        };
        request.Headers.Authorization = basic is null ? null : new("Basic", basic);
        request.Headers.Accept.Add(new("application/json"));
        return await SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static Uri AddressOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme is "https" || (uri.Scheme is "http" && uri.IsLoopback))
            ? uri
            : throw new IdentityProviderFailedException("it refers to an address that is not https.");

    private async Task<(int Status, string Body)> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await _client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            await using var content = new BoundedStream(
                await response.Content.ReadAsStreamAsync(stop.Token),
                ReplySizeMaxBytes);
            using var reader = new StreamReader(content);
            return ((int)response.StatusCode, await reader.ReadToEndAsync(stop.Token));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IdentityProviderFailedException($"{request.RequestUri!.Host} took too long.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
        {
            throw new IdentityProviderFailedException($"{request.RequestUri!.Host} does not answer.", exception);
        }
    }
}
