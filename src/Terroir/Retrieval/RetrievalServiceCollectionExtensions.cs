using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Terroir.Catalog;
using Terroir.Retrieval.Derived;
using Terroir.Retrieval.Encoders;
using Terroir.Retrieval.Segments;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>Registers the search.</summary>
public static class RetrievalServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IRetriever"/> and the builder of its segments, over the host's
    /// <see cref="IPassageEncoders"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddRetrieval(this IServiceCollection services)
    {
        services.AddOptions<RetrievalOptions>().ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<RetrievalOptions>, RetrievalOptionsValidator>());
        return services
            .AddSingleton(provider => new SnapshotFiles(provider.GetService<IDerivedStore>()))
            .AddSingleton<ISegmentBuilder>(provider => new PostingSegmentBuilder(
                files: provider.GetRequiredService<SnapshotFiles>()))
            .AddSingleton<BitmapRetriever>()
            .AddSingleton<IRetriever>(provider => new RerankingRetriever(
                provider.GetRequiredService<BitmapRetriever>(),
                provider.GetService<IPassageEncoders>()))
            .AddSingleton<IPassageEmbedding>(provider => new PassageEmbedding(
                provider.GetRequiredService<ICatalog>(),
                provider.GetRequiredService<IPassageEncoders>(),
                provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Adds the worker that embeds passages while the host runs.</summary>
    /// <param name="services">The services of a host that stays up; they hold what <see cref="AddRetrieval"/> adds.
    /// </param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddEmbeddingWorker(this IServiceCollection services) =>
        services.AddHostedService<EmbeddingWorker>();
}
