using System.Net;
using System.Net.Sockets;

namespace Terroir.Server.Witnesses;

/// <summary>Connections to the witnesses that the operator declared: to nothing else, without redirection, proxy or
/// cookie.</summary>
internal static class WitnessConnection
{
    /// <summary>A witness that takes longer is asked again at the next round.</summary>
    internal static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Makes a client for one witness.</summary>
    /// <param name="url">Its address, which was checked.</param>
    public static HttpClient Open(Uri url)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = ReplyTimeout,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = 2,
            ConnectCallback = (context, stop) => ConnectAsync(url, context.DnsEndPoint, stop),
        };
        return new HttpClient(sockets) { Timeout = Timeout.InfiniteTimeSpan };
    }

    // A name of this machine may resolve to another, so the address counts.
    private static async ValueTask<Stream> ConnectAsync(Uri url, DnsEndPoint endPoint, CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(endPoint.Host, stop);
        var admitted = url.Scheme is "https" ? addresses : Array.FindAll(addresses, IPAddress.IsLoopback);
        if (admitted.Length == 0)
        {
            throw new IOException($"'{endPoint.Host}' is not an address of this machine.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(admitted, endPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
