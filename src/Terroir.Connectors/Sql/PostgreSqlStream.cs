using System.Buffers.Binary;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>Opens a stream to a PostgreSQL server with TLS, to try it.</summary>
internal static class PostgreSqlStream
{
    // "SSLRequest": the length of the message, and a number in place of a version of the protocol.
    private const int RequestLength = 8;
    private const int RequestCode = 80_877_103;
    private const byte Accepted = (byte)'S';

    /// <summary>Opens it.</summary>
    /// <exception cref="SourceFaultException">It cannot be opened, with what to do.</exception>
    public static async Task<Stream> OpenAsync(
        PostgreSqlSettings settings,
        IConnectorHost host,
        CancellationToken cancellationToken)
    {
        var stream = await Reach.OpenAsync(host, settings.Host, settings.Port, cancellationToken);
        try
        {
            await AskAsync(stream, cancellationToken);
            var trust = ServerTrust.Load(settings.Host, settings.AuthorityFile);
            return await trust.SecureAsync(stream, cancellationToken);
        }
        catch (IOException exception)
        {
            await stream.DisposeAsync();
            throw new SourceFaultException(
                "What answers does not speak PostgreSQL. Check 'host' and 'port'.",
                exception);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    // One byte is read and no more, so that nothing that came unsecured is taken for a part of what is secured.
    private static async Task AskAsync(Stream stream, CancellationToken cancellationToken)
    {
        var request = new byte[RequestLength];
        BinaryPrimitives.WriteInt32BigEndian(request, RequestLength);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(sizeof(int)), RequestCode);
        await stream.WriteAsync(request, cancellationToken);
        await stream.FlushAsync(cancellationToken);
        var answer = new byte[1];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        if (answer[0] != Accepted)
        {
            throw new SourceFaultException(
                "The server offers no TLS. Set 'ssl = on' in its postgresql.conf; on this machine, 'security: none'.");
        }
    }
}
