using Microsoft.Extensions.DependencyInjection;

namespace Terroir.Catalog;

/// <summary>Registers the catalogue.</summary>
public static class CatalogServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ICatalog"/> over the host's stores, clock and <see cref="SiteIdentity"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCatalog(this IServiceCollection services) =>
        services.AddSingleton<ICatalog, SiteCatalog>().AddSingleton<ICatalogMaintenance, CatalogMaintenance>();
}
