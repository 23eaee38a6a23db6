using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion;

/// <summary>Gives each source what its connector may use of the machine. The host implements it.</summary>
public interface ISourceHosts
{
    /// <summary>Makes the host of a source: its bandwidth and its secrets.</summary>
    /// <param name="source">The source.</param>
    /// <returns>The host, for one synchronisation or trial.</returns>
    IConnectorHost Open(SourceRecord source);
}
