using Microsoft.Extensions.DependencyInjection;
using Terroir.Ingestion.Folder;
using Terroir.Sources;

namespace Terroir.Ingestion;

/// <summary>Registers the intake.</summary>
public static class IngestionServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ISynchronizer"/> over the host's readers, connectors and
    /// <see cref="ISourceHosts"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddIngestion(this IServiceCollection services) =>
        services
            .AddSingleton<IConnector, FolderConnector>()
            .AddSingleton<SourceOpener>()
            .AddSingleton<ISynchronizer, SourceSynchronizer>();
}
