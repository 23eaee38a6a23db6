using Microsoft.Extensions.Options;

namespace Terroir.Server.Ldap;

/// <summary>Registers the directory server of the site; without one nothing of it is opened.</summary>
internal static class LdapServices
{
    public static IServiceCollection AddLdap(this IServiceCollection services)
    {
        services.AddOptions<LdapOptions>().BindConfiguration(LdapOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<LdapOptions>>(
                new FaultValidator<LdapOptions>(options => options.FindFault()))
            .AddSingleton<LdapPassword>()
            .AddSingleton<IValidateOptions<LdapOptions>>(provider => provider.GetRequiredService<LdapPassword>())
            .AddSingleton<LdapMirror>();
    }
}
