using System.Net;
using System.Net.Sockets;
using Terroir.Models;

namespace Terroir.Server.Models;

/// <summary>Makes the HTTP client of a model server: it reaches only what the gate admits, follows no redirection,
/// uses no proxy and keeps no cookie.</summary>
internal static class ModelConnection
{
    /// <summary>A connection that takes longer is given up.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Makes a client.</summary>
    /// <param name="gate">What may be reached.</param>
    /// <param name="key">The key that the server wants, if it wants one.</param>
    public static HttpClient Open(ModelGate gate, string? key)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, stop) => ConnectAsync(gate, context.DnsEndPoint, stop),
        };

        // How long an answer may take is a setting, which BoundedChatClient keeps.
        return new HttpClient(new BearerKey(key, new BoundedReplies(sockets))) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static async ValueTask<Stream> ConnectAsync(
        ModelGate gate,
        DnsEndPoint endPoint,
        CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(endPoint.Host, cancellationToken);
        var admitted = Array.FindAll(addresses, address => gate.Admits(endPoint.Host, address));
        if (admitted.Length == 0)
        {
            throw new IOException($"'{endPoint.Host}' is not an address of this machine.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(admitted, endPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
