using System.Net;
using System.Net.Sockets;

namespace Terroir.Connectors;

/// <summary>A port of this machine that leads to a server of it, until it is closed: then the server is away, although
/// other tests still use it.</summary>
internal sealed class TcpDoor : IAsyncDisposable
{
    private readonly int _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <summary>Opens a door.</summary>
    /// <param name="server">The port of the server.</param>
    public TcpDoor(int server)
    {
        _server = server;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    /// <summary>The port of the door.</summary>
    public int Port { get; }

    /// <summary>Closes the door, and every connection through it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
#pragma warning disable VSTHRD003 // Started by this object's constructor.
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
#pragma warning restore VSTHRD003
    }

    private async Task ServeAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                passing.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(passing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
        var (nearStream, farStream) = (near.GetStream(), far.GetStream());
        await Task.WhenAny(
            nearStream.CopyToAsync(farStream, _stop.Token),
            farStream.CopyToAsync(nearStream, _stop.Token));
    }
}
