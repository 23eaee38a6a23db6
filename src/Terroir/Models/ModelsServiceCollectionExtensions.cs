using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Terroir.Models;

/// <summary>Registers the models.</summary>
public static class ModelsServiceCollectionExtensions
{
    /// <summary>Adds the settings, the gate and, if there is a provider, the one <see cref="IChatClient"/> that keeps
    /// to them.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="provider">Makes the client of a model server; <see langword="null"/> for a site without a model.
    /// </param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddModels(
        this IServiceCollection services,
        Func<IServiceProvider, IChatClient>? provider)
    {
        services.AddOptions<ModelsOptions>().BindConfiguration(ModelsOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ModelsOptions>, ModelsOptionsValidator>());
        services.AddSingleton(site => new ModelGate(Options(site).AllowedHosts));
        return provider is null
            ? services
            : services.AddSingleton<IChatClient>(site => Guard(
                provider(site),
                Options(site),
                site.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Puts what guards a server around its client. The time of an answer is that of all attempts, and one
    /// that ran out of time counts as a failure.</summary>
    internal static IChatClient Guard(IChatClient server, ModelsOptions options, TimeProvider timeProvider) =>
        new BreakingChatClient(
            new BoundedChatClient(new RetryingChatClient(server, timeProvider), options, timeProvider),
            timeProvider);

    private static ModelsOptions Options(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ModelsOptions>>().Value;
}
