namespace Terroir.Sources;

/// <summary>What a connector may use of the machine. It opens no connection and reads no secret by itself, so that
/// bounds and decisions on what leaves have one place.</summary>
public interface IConnectorHost
{
    /// <summary>The clock.</summary>
    TimeProvider Clock { get; }

    /// <summary>Reads a secret anew, so that one that was exchanged holds at the next connection.</summary>
    /// <param name="reference">Where it is kept: <c>file:PATH</c> or <c>env:NAME</c>.</param>
    /// <returns>The secret without the line break at its end.</returns>
    /// <exception cref="SourceUnavailableException">There is none, or others than its owner may read its file.
    /// </exception>
    string ReadSecret(string reference);

    /// <summary>Opens a connection, within the source's bandwidth.</summary>
    /// <param name="host">A name or address.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The bytes as they come and go, before TLS; dispose it.</returns>
    /// <exception cref="IOException">It cannot be opened.</exception>
    ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken);
}
