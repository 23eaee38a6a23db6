using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Terroir.Catalog;
using Terroir.Retrieval.Derived;
using Terroir.Retrieval.Segments;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>Registers the search.</summary>
public static class RetrievalServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IRetriever"/> and the builder of its segments.</summary>
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
            .AddSingleton<IRetriever, BitmapRetriever>();
    }
}
