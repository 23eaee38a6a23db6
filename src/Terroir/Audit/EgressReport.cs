using System.Globalization;
using System.Text;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>What a site sent to endpoints in a span of time, as its ledger has it.</summary>
/// <param name="From">The beginning.</param>
/// <param name="To">The end, not part of it.</param>
/// <param name="Flows">What was sent, by purpose and endpoint.</param>
public sealed record EgressReport(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<EgressFlow> Flows)
{
    private const string Sent = "sent ";
    private const string Received = "received ";
    private const string Opened = "opened";
    private const string Closed = "closed";
    private const string Erased = "(erased)";

    /// <summary>Adds up entries.</summary>
    /// <param name="from">The beginning.</param>
    /// <param name="to">The end, not part of it.</param>
    /// <param name="rows">The entries of the span of the kind <see cref="EventKinds.Sent"/>.</param>
    public static EgressReport Of(DateTimeOffset from, DateTimeOffset to, IEnumerable<PlacedLedgerRow> rows) => new(
        from,
        to,
        [
            .. rows.Select(Read)
                .GroupBy(entry => (entry.Purpose, entry.Endpoint))
                .Select(flow => new EgressFlow(
                    flow.Key.Purpose,
                    flow.Key.Endpoint,
                    IsThisMachine(flow.Key.Endpoint),
                    flow.Count(entry => entry.IsBeginning),
                    flow.Sum(entry => entry.SentBytes ?? 0),
                    flow.Sum(entry => entry.ReceivedBytes ?? 0),
                    flow.Min(entry => entry.Time),
                    flow.Max(entry => entry.Time)))
                .OrderBy(flow => flow.IsThisMachine)
                .ThenBy(flow => flow.Endpoint, StringComparer.Ordinal)
                .ThenBy(flow => flow.Purpose, StringComparer.Ordinal),
        ]);

    /// <summary>Whether something was sent to another machine.</summary>
    public bool HasLeft => Flows.Any(flow => !flow.IsThisMachine);

    private static Entry Read(PlacedLedgerRow placed)
    {
        var row = placed.Row;
        var opening = row.Detail is { } detail
            && LedgerEvent.Parse(row.Kind, row.Time, detail).Subjects is [var about, ..]
                ? about.Opening
                : null;
        string[] lines = opening is null ? [Erased] : Encoding.UTF8.GetString(opening.Content).Split('\n');
        return new Entry(row.Subject ?? "-", lines[0], row.Time.ToUniversalTime())
        {
            // A request is one entry before it is sent; a connection is opened, and closed with what it carried.
            IsBeginning = lines.Contains(Opened, StringComparer.Ordinal)
                || (NumberAfter(Sent, lines) is not null && !lines.Contains(Closed, StringComparer.Ordinal)),
            SentBytes = NumberAfter(Sent, lines),
            ReceivedBytes = NumberAfter(Received, lines),
        };
    }

    // An address, or a host and a port.
    private static bool IsThisMachine(string endpoint) =>
        Uri.TryCreate(
            endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : $"tcp://{endpoint}",
            UriKind.Absolute,
            out var address)
        && address.IsLoopback;

    private static long? NumberAfter(string word, string[] lines) =>
        Array.Find(lines, line => line.StartsWith(word, StringComparison.Ordinal)) is { } line
        && long.TryParse(line[word.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private sealed record Entry(string Purpose, string Endpoint, DateTimeOffset Time)
    {
        public bool IsBeginning { get; init; }

        public long? SentBytes { get; init; }

        public long? ReceivedBytes { get; init; }
    }
}

/// <summary>What was sent to one endpoint for one purpose.</summary>
/// <param name="Purpose">What for, such as <c>model</c>.</param>
/// <param name="Endpoint">Where: an address without its query.</param>
/// <param name="IsThisMachine">Whether that is this machine: nothing left it.</param>
/// <param name="RequestCount">How many requests or connections.</param>
/// <param name="SentBytes">How many bytes were sent.</param>
/// <param name="ReceivedBytes">How many bytes came back, as far as that was noted.</param>
/// <param name="First">When first.</param>
/// <param name="Last">When last.</param>
public sealed record EgressFlow(
    string Purpose,
    string Endpoint,
    bool IsThisMachine,
    int RequestCount,
    long SentBytes,
    long ReceivedBytes,
    DateTimeOffset First,
    DateTimeOffset Last);
