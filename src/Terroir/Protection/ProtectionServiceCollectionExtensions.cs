using Microsoft.Extensions.DependencyInjection;
using Terroir.Storage;

namespace Terroir.Protection;

/// <summary>Registers the protection of what is stored.</summary>
public static class ProtectionServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IKeyRing"/> and <see cref="IContentCipher"/> over the host's <see cref="IKeyStore"/>
    /// and clock.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="readSecret">What unwraps the keys, read at the first use.</param>
    /// <param name="isSealing">Whether new content is sealed.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddProtection(
        this IServiceCollection services,
        Func<IServiceProvider, MasterSecret> readSecret,
        bool isSealing) => services
            .AddSingleton(provider => new KeyRing(
                provider.GetRequiredService<IKeyStore>(),
                readSecret(provider).ToProtector(),
                provider.GetRequiredService<TimeProvider>(),
                () => readSecret(provider).ToProtector()))
            .AddSingleton<IKeyRing>(provider => provider.GetRequiredService<KeyRing>())
            .AddSingleton<IContentCipher>(provider =>
                new RingCipher(provider.GetRequiredService<KeyRing>(), isSealing));
}
