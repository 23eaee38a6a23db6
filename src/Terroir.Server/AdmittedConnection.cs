using System.Net;
using System.Net.Sockets;

namespace Terroir.Server;

/// <summary>HTTP connections of the host that reach only what is admitted, follow no redirection, use no proxy and keep
/// no cookie.</summary>
internal static class AdmittedConnection
{
    /// <summary>Makes the sockets of a client.</summary>
    /// <param name="connectTimeout">A connection that takes longer to open is given up.</param>
    /// <param name="admits">Decides on a host and an address that it resolved to: a name of this machine may resolve to
    /// another.</param>
    /// <param name="through">Logs each connection; <see langword="null"/> where each request is logged.</param>
    public static SocketsHttpHandler Open(
        TimeSpan connectTimeout,
        Func<string, IPAddress, bool> admits,
        LoggedConnecting? through = null)
    {
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = connectTimeout,
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, stop) => OpenAsync(context.DnsEndPoint, admits, through, stop),
        };
    }

    private static ValueTask<Stream> OpenAsync(
        DnsEndPoint endPoint,
        Func<string, IPAddress, bool> admits,
        LoggedConnecting? through,
        CancellationToken cancellationToken) => through is null
            ? ConnectAsync(endPoint, admits, cancellationToken)
            : through(endPoint, stop => ConnectAsync(endPoint, admits, stop), cancellationToken);

    private static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint endPoint,
        Func<string, IPAddress, bool> admits,
        CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(endPoint.Host, cancellationToken);
        var admitted = Array.FindAll(addresses, address => admits(endPoint.Host, address));
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

/// <summary>Logs a connection while it is opened.</summary>
/// <param name="place">Where to.</param>
/// <param name="connect">Opens it; sends nothing.</param>
/// <param name="cancellationToken">Stops the opening.</param>
/// <returns>The connection.</returns>
internal delegate ValueTask<Stream> LoggedConnecting(
    DnsEndPoint place,
    Func<CancellationToken, ValueTask<Stream>> connect,
    CancellationToken cancellationToken);
