using Microsoft.Extensions.Options;

namespace Terroir.Server.Oidc;

/// <summary>Registers the identity provider of the site; without one nothing of it is opened.</summary>
internal static class OidcServices
{
    public static IServiceCollection AddOidc(this IServiceCollection services)
    {
        services.AddOptions<OidcOptions>().BindConfiguration(OidcOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<OidcOptions>>(
                new FaultValidator<OidcOptions>(options => options.FindFault()))
            .AddSingleton<ClientSecret>()
            .AddSingleton<IValidateOptions<OidcOptions>>(provider => provider.GetRequiredService<ClientSecret>())
            .AddSingleton<OidcProvider>()
            .AddSingleton<TokenCheck>()
            .AddSingleton<OidcAccounts>();
    }
}
