using System.Net;
using Terroir.Server.Egress;

namespace Terroir.Server.Witnesses;

/// <summary>Connections to the witnesses that the operator declared: to nothing else, without redirection, proxy or
/// cookie.</summary>
internal static class WitnessConnection
{
    /// <summary>A witness that takes longer is asked again at the next round.</summary>
    internal static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Makes a client for one witness.</summary>
    /// <param name="url">Its address, which was checked.</param>
    /// <param name="egress">Where its connections are logged.</param>
    public static HttpClient Open(Uri url, EgressConnections egress)
    {
        var sockets = AdmittedConnection.Open(
            ReplyTimeout,
            (_, address) => url.Scheme is "https" || IPAddress.IsLoopback(address),
            (place, connect, stop) => egress.OpenForLedgerAsync("witness", place.Host, place.Port, connect, stop));
        sockets.MaxConnectionsPerServer = 2;
        return new HttpClient(sockets) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
