using System.Collections.Concurrent;
using System.Globalization;
using Terroir.Audit;
using Terroir.Provenance.Events;

namespace Terroir.Server.Egress;

/// <summary>Logs connections whose bytes are not the site's to hash, such as those of sources: where to and what for,
/// durable before the first byte goes, and how many bytes went and came once the connection is closed.</summary>
/// <remarks>Safe to call from several threads at once. A connection that cannot be opened sends nothing, and is no
/// event.</remarks>
/// <param name="log">The ledger.</param>
internal sealed class EgressConnections(EventLog log)
{
    /// <summary>How many places the counts of closed connections are remembered for.</summary>
    internal const int PlacesMax = 256;

    private readonly ConcurrentDictionary<string, Traffic> _closed = new(StringComparer.Ordinal);

    /// <summary>Opens a connection of a source.</summary>
    /// <param name="purpose">What for, such as <c>source:minutes</c>.</param>
    /// <param name="host">Where to.</param>
    /// <param name="port">The port.</param>
    /// <param name="connect">Opens it; sends nothing.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="TerroirException">It cannot be logged, and was closed.</exception>
    public async ValueTask<Stream> OpenAsync(
        string purpose,
        string host,
        int port,
        Func<CancellationToken, ValueTask<Stream>> connect,
        CancellationToken cancellationToken)
    {
        var place = Place(host, port);
        var stream = await connect(cancellationToken);
        try
        {
            await log.RecordRowAsync(EventKinds.Sent, actor: null, purpose, $"{place}\nopened", cancellationToken);
            return new CountedStream(stream, (sent, received) =>
                _ = log.NoteAsync(EventKinds.Sent, actor: null, purpose, $"{place}\nclosed\n{Count(sent, received)}"));
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a connection that the growth of the ledger itself asks for. Its closing is no event, since each
    /// event asks for the next such connection: what went through is told when the next one to the same place opens.
    /// </summary>
    /// <remarks>If it cannot be logged it opens all the same: a ledger that has stopped must still be able to ask a
    /// witness why.</remarks>
    /// <param name="purpose">What for.</param>
    /// <param name="host">Where to.</param>
    /// <param name="port">The port.</param>
    /// <param name="connect">Opens it; sends nothing.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The connection.</returns>
    public async ValueTask<Stream> OpenForLedgerAsync(
        string purpose,
        string host,
        int port,
        Func<CancellationToken, ValueTask<Stream>> connect,
        CancellationToken cancellationToken)
    {
        var place = Place(host, port);
        var stream = await connect(cancellationToken);
        var before = _closed.TryRemove(place, out var closed) ? $"\nbefore\n{Count(closed.Sent, closed.Received)}" : "";
        await log.TryRecordAsync(EventKinds.Sent, actor: null, purpose, $"{place}\nopened{before}");
        return new CountedStream(stream, (sent, received) => Remember(place, new Traffic(sent, received)));
    }

    private void Remember(string place, Traffic traffic)
    {
        if (_closed.Count < PlacesMax || _closed.ContainsKey(place))
        {
            _closed.AddOrUpdate(
                place,
                traffic,
                (_, known) => new Traffic(known.Sent + traffic.Sent, known.Received + traffic.Received));
        }
    }

    private static string Place(string host, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

    private static string Count(long sent, long received) =>
        string.Create(CultureInfo.InvariantCulture, $"sent {sent}\nreceived {received}");

    private sealed record Traffic(long Sent, long Received);
}
