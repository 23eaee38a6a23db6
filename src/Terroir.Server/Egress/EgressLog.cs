using System.Globalization;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Server.Models;

namespace Terroir.Server.Egress;

/// <summary>Logs what is sent to an endpoint: where, how much, and a digest of it. The entry is durable before the
/// first byte leaves; how much came back is noted afterwards.</summary>
/// <param name="inner">Sends the requests.</param>
/// <param name="log">The ledger.</param>
/// <param name="purpose">What for, such as <c>model</c>.</param>
internal sealed class EgressLog(HttpMessageHandler inner, EventLog log, string purpose) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var endpoint = request.RequestUri!.GetLeftPart(UriPartial.Path);
        await log.RecordRowAsync(
            EventKinds.Sent,
            actor: null,
            purpose,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{endpoint}\nsent {body.Length}\n{ContentHash.Of(body).Hex}"),
            cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        var counted = new StreamContent(new BoundedStream(
            await response.Content.ReadAsStreamAsync(cancellationToken),
            long.MaxValue,
            count => _ = log.NoteAsync(
                EventKinds.Sent,
                actor: null,
                purpose,
                string.Create(CultureInfo.InvariantCulture, $"{endpoint}\nreceived {count}"))));
        foreach (var (name, values) in response.Content.Headers)
        {
            counted.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = counted;
        return response;
    }
}
