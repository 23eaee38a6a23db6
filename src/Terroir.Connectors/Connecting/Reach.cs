using System.Net;
using System.Net.Sockets;
using Terroir.Sources;

namespace Terroir.Connectors.Connecting;

/// <summary>Opens connections and says why one cannot be opened.</summary>
internal static class Reach
{
    /// <summary>Opens a connection.</summary>
    /// <exception cref="SourceFaultException">It cannot be opened.</exception>
    public static async ValueTask<Stream> OpenAsync(
        IConnectorHost host,
        string name,
        int port,
        CancellationToken cancellationToken)
    {
        try
        {
            return await host.ConnectAsync(name, port, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new SourceFaultException(Explain(name, port, exception), exception) { IsTransient = true };
        }
        catch (TerroirException exception)
        {
            throw new SourceFaultException(
                $"The connection to '{name}' could not be logged ({exception.Code}), so it was not used. See "
                    + "'terroir verify-store'.",
                exception)
            {
                IsTransient = true,
            };
        }
    }

    /// <summary>Whether a host is this machine.</summary>
    public static bool IsLoopback(string name) =>
        string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string Explain(string name, int port, Exception exception)
    {
        var error = Causes(exception).OfType<SocketException>().FirstOrDefault()?.SocketErrorCode;
        return error switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
                $"No machine is called '{name}'. Check the name, and this machine's DNS.",
            SocketError.ConnectionRefused =>
                $"'{name}' is there, and nothing listens on port {port}. Check the port, and that the server runs.",
            SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable =>
                $"'{name}' does not answer on port {port}. Check the network, and firewalls on the way.",
            _ => $"No connection to '{name}' on port {port} could be opened. Check the name, the port and the network.",
        };
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
