using Microsoft.Extensions.DependencyInjection;

namespace Terroir.Catalog;

/// <summary>Registers the catalogue.</summary>
public static class CatalogServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ICatalog"/>, <see cref="ICatalogMaintenance"/> and <see cref="ICatalogJobs"/> over the
    /// host's stores, clock and <see cref="SiteIdentity"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddSingleton<ICatalog, SiteCatalog>()
        .AddSingleton<ICatalogMaintenance, CatalogMaintenance>()
        .AddSingleton<ICatalogJobs, CatalogJobs>();

    /// <summary>Adds the worker that merges, repacks and collects garbage while the host runs.</summary>
    /// <param name="services">The services of a host that stays up; they hold what <see cref="AddCatalog"/> adds.
    /// </param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCatalogWorker(this IServiceCollection services) =>
        services.AddHostedService<CatalogWorker>();
}
