using Microsoft.Extensions.DependencyInjection;

namespace Terroir.Kinship;

/// <summary>Registers kinship.</summary>
public static class KinshipServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IKinship"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddKinship(this IServiceCollection services) =>
        services.AddSingleton<IKinship, CollectionKinship>();
}
