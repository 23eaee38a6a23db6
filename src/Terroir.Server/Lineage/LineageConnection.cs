using Terroir.Audit;
using Terroir.Models;
using Terroir.Server.Egress;

namespace Terroir.Server.Lineage;

/// <summary>Connections to the endpoint of events that the operator declared: to this machine and to hosts allowed by
/// name, without redirection, proxy or cookie.</summary>
internal static class LineageConnection
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Makes a client.</summary>
    /// <param name="gate">What may be reached.</param>
    /// <param name="log">Where what is sent is logged.</param>
    public static HttpClient Open(ModelGate gate, EventLog log) =>
        new(new EgressLog(AdmittedConnection.Open(ConnectTimeout, gate.Admits), log, "lineage"))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
}
