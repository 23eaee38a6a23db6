using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Terroir.Audit;
using Terroir.Documents;
using Terroir.Ingestion.Folder;
using Terroir.Ingestion.Push;
using Terroir.Ingestion.Quality;
using Terroir.Ingestion.Sync;
using Terroir.Ingestion.Turns;
using Terroir.Kinship;
using Terroir.Sources;

namespace Terroir.Ingestion;

/// <summary>Registers the intake.</summary>
public static class IngestionServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ISynchronizer"/> over the host's readers, connectors and
    /// <see cref="ISourceHosts"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddIngestion(this IServiceCollection services)
    {
        services.TryAddSingleton(QualityRules.None);
        services.TryAddSingleton(ReadingRules.None);
        services.TryAddSingleton<IKinship, CollectionKinship>();
        return services
            .AddSingleton<QualityReader>()
            .AddSingleton<IConnector, FolderConnector>()
            .AddSingleton<IConnector, PushConnector>()
            .AddSingleton<IDocumentPusher, DocumentPusher>()
            .AddSingleton<SourceOpener>()
            .AddSingleton<IMachineLoad>(_ => new MemoryLoad())
            .AddSingleton(provider => new ReadingTurns(
                provider.GetRequiredService<IDocumentReader>(),
                LimitOf(provider),
                provider.GetService<IDocumentRecognizer>(),
                LimitOf(provider))
            {
                Rules = provider.GetRequiredService<ReadingRules>(),
            })
            .AddSingleton<SourceSynchronizer>()
            .AddSingleton<ISynchronizer>(provider => new LoggedSynchronizer(
                provider.GetRequiredService<SourceSynchronizer>(),
                provider.GetRequiredService<EventLog>()));
    }

    private static AdaptiveLimit LimitOf(IServiceProvider provider) => new(
        Environment.ProcessorCount,
        provider.GetRequiredService<IMachineLoad>(),
        provider.GetRequiredService<TimeProvider>());
}
