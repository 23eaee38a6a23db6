using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Terroir.Sources;

namespace Terroir.Connectors;

/// <summary>Opens real sockets, and keeps secrets in memory.</summary>
internal sealed class TestHost : IConnectorHost
{
    private int _connectCount;

    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    public TimeProvider Clock { get; } = new FakeTimeProvider();

    public int ConnectCount => _connectCount;

    public string ReadSecret(string reference) => Secrets.TryGetValue(reference, out var secret)
        ? secret
        : throw new SourceUnavailableException("test", reference, "There is no such secret.", isTransient: false);

    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connectCount);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException("It cannot be opened.", exception);
        }
    }
}
