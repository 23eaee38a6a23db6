using Microsoft.Extensions.Options;

namespace Terroir.Server.Emergency;

/// <summary>Registers access in an emergency; without rules nobody opens any.</summary>
internal static class EmergencyServices
{
    public static IServiceCollection AddEmergency(this IServiceCollection services)
    {
        services.AddOptions<EmergencyOptions>().BindConfiguration(EmergencyOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<EmergencyOptions>, EmergencyOptionsValidator>()
            .AddSingleton<EmergencyAccess>();
    }
}
