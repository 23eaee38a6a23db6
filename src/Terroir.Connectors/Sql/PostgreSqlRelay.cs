using System.Net.Sockets;
using Terroir.Connectors.Connecting;

namespace Terroir.Connectors.Sql;

/// <summary>Gives a library that opens its own socket a stream all the same: it connects to a Unix socket in a folder
/// that only this user may enter, and the bytes are carried to and from a stream.</summary>
internal sealed class PostgreSqlRelay : IAsyncDisposable
{
    /// <summary>The port that names the socket's file.</summary>
    public const int Port = 5_432;

    private readonly Func<CancellationToken, Task<Stream>> _open;
    private readonly DirectoryInfo _folder;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    /// <summary>Begins to listen.</summary>
    /// <param name="open">Opens a stream to the server, for each connection anew.</param>
    public PostgreSqlRelay(Func<CancellationToken, Task<Stream>> open)
    {
        _open = open;
        _folder = Directory.CreateTempSubdirectory("terroir-");
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, $".s.PGSQL.{Port}")));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>The folder with the socket, as the library takes it for a host.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Why the last stream could not be opened, if it could not.</summary>
    public SourceFaultException? Fault { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
#pragma warning disable VSTHRD003 // Started by this object's constructor, and it never fails.
        await _accepting;
#pragma warning restore VSTHRD003
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                running.RemoveAll(task => task.IsCompleted);
                running.Add(CarryAsync(new NetworkStream(socket, ownsSocket: true)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException
            or SocketException)
        {
            // The source was closed.
        }

        await Task.WhenAll(running);
    }

    private async Task CarryAsync(NetworkStream near)
    {
        await using var nearOwned = near;
        try
        {
            await using var far = await _open(_stop.Token);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            Task[] ways = [near.CopyToAsync(far, end.Token), far.CopyToAsync(near, end.Token)];
            await Task.WhenAny(ways);
            await end.CancelAsync();
            await Task.WhenAll(ways);
        }
        catch (SourceFaultException fault)
        {
            Fault = fault;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // One side went, so the other side is closed too.
        }
    }
}
