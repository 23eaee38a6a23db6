using System.Net.Http.Headers;

namespace Terroir.Server.Models;

/// <summary>Shows the key to the model server if there is one, and else none: the library insists on one.</summary>
/// <param name="key">The key.</param>
/// <param name="inner">Sends the requests.</param>
internal sealed class BearerKey(string? key, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return base.SendAsync(request, cancellationToken);
    }
}
