using Terroir.Ingestion;
using Terroir.Server.Egress;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Server.Sources;

/// <summary>Gives each source its secrets, its connections and its bandwidth.</summary>
internal sealed class SourceHosts(
    SiteFolder site,
    EgressConnections egress,
    TimeProvider timeProvider) : ISourceHosts
{
    public IConnectorHost Open(SourceRecord source) => new ConnectorHost(source, site, egress, timeProvider);
}
