using System.Globalization;
using System.Net.Sockets;
using Terroir.Server.Egress;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Server.Sources;

/// <summary>What the connector of one source may use. Its connections are in the ledger.</summary>
internal sealed class ConnectorHost(
    SourceRecord source,
    SiteFolder site,
    EgressConnections egress,
    TimeProvider timeProvider) : IConnectorHost
{
    /// <summary>A connection that takes longer to open is given up.</summary>
    internal static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly Throttle? _throttle =
        source.BandwidthBytesPerSecond is { } rate ? new Throttle(rate, timeProvider) : null;

    public TimeProvider Clock => timeProvider;

    public string ReadSecret(string reference)
    {
        if (!SecretReference.TryParse(reference, out var parsed))
        {
            throw Refuse("A secret is named by 'file:PATH' or 'env:NAME'.");
        }

        try
        {
            if (Secrets.FileOf(parsed, site) is { } path && File.Exists(path) && Secrets.IsOpenToOthers(path))
            {
                throw Refuse($"Others can reach the secret in '{path}': chmod 600 it.");
            }

            return Secrets.ReadText(parsed, site)?.TrimEnd('\n', '\r') is { Length: > 0 } secret
                ? secret
                : throw Refuse($"'{reference}' holds no secret: write it there, on one line.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refuse($"The secret in '{reference}' cannot be read. Put it there, with mode 600.");
        }
    }

    public ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken) =>
        egress.OpenAsync(
            $"source:{source.Id}",
            host,
            port,
            stop => OpenAsync(host, port, stop),
            cancellationToken);

    private async ValueTask<Stream> OpenAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConnectTimeout, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, both.Token);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return _throttle is null ? stream : new ThrottledStream(stream, _throttle);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException(Describe(host, port, exception.Message), exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new IOException(Describe(host, port, "no answer in time"), exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Describe(string host, int port, string reason) =>
        string.Create(CultureInfo.InvariantCulture, $"'{host}' port {port} cannot be reached ({reason}).");

    private SourceUnavailableException Refuse(string advice) =>
        new(source.Id, source.Location, advice, isTransient: false);
}
