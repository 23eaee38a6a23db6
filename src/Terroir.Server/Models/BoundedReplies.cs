namespace Terroir.Server.Models;

/// <summary>Bounds what is read of a reply, and throws away what a server says with an error: it may repeat the
/// prompt, and would end up in a log.</summary>
/// <param name="inner">Sends the requests.</param>
internal sealed class BoundedReplies(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>A reply has at most this many bytes.</summary>
    internal const long SizeMaxBytes = 16 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var content = response.Content;
        if (!response.IsSuccessStatusCode)
        {
            response.Content = new ByteArrayContent([]);
            content.Dispose();
            return response;
        }

        var bounded = new StreamContent(
            new BoundedStream(await content.ReadAsStreamAsync(cancellationToken), SizeMaxBytes));
        foreach (var (name, values) in content.Headers)
        {
            bounded.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = bounded;
        return response;
    }
}
