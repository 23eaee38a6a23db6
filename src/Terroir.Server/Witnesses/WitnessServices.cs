using Microsoft.Extensions.Options;
using Terroir.Audit;
using Terroir.Server.Egress;

namespace Terroir.Server.Witnesses;

/// <summary>Registers both sides: the witnesses of this site, and this site as a witness.</summary>
internal static class WitnessServices
{
    public static IServiceCollection AddWitnesses(this IServiceCollection services)
    {
        services.AddOptions<LedgerOptions>().BindConfiguration(LedgerOptions.Section).ValidateOnStart();
        services.AddOptions<WitnessOptions>().BindConfiguration(WitnessOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<LedgerOptions>>(
                new FaultValidator<LedgerOptions>(options => options.FindFault()))
            .AddSingleton<IValidateOptions<WitnessOptions>>(
                new FaultValidator<WitnessOptions>(options => options.FindFault()))
            .AddSingleton<WitnessFolder>()
            .AddSingleton<SiteWitness>()
            .AddWitnesses(
                provider =>
                [
                    .. Options(provider).Witnesses
                        .Select(declared => Open(declared, provider.GetRequiredService<EgressConnections>())),
                ],
                provider => Options(provider).Quorum);
    }

    private static LedgerOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<LedgerOptions>>().Value;

    private static HttpWitness Open(DeclaredWitness declared, EgressConnections egress) =>
        new(WitnessConnection.Open(new Uri(declared.Url), egress), declared);
}
