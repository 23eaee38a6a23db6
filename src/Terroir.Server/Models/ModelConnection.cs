using Terroir.Audit;
using Terroir.Models;
using Terroir.Server.Egress;

namespace Terroir.Server.Models;

/// <summary>Makes the HTTP client of a model server: it reaches only what the gate admits, follows no redirection,
/// uses no proxy and keeps no cookie.</summary>
internal static class ModelConnection
{
    /// <summary>A connection that takes longer is given up.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Makes a client.</summary>
    /// <param name="gate">What may be reached.</param>
    /// <param name="key">The key that the server wants, if it wants one.</param>
    /// <param name="log">Where what is sent is logged; <see langword="null"/> where nothing of the site is.</param>
    /// <param name="purpose">What the log says that it is sent for.</param>
    public static HttpClient Open(ModelGate gate, string? key, EventLog? log = null, string purpose = "model")
    {
        HttpMessageHandler sockets = AdmittedConnection.Open(ConnectTimeout, gate.Admits);
        sockets = log is null ? sockets : new EgressLog(sockets, log, purpose);

        // How long an answer may take is a setting, which BoundedChatClient keeps.
        return new HttpClient(new BearerKey(key, new BoundedReplies(sockets))) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
