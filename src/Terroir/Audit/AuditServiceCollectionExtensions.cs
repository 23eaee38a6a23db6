using Microsoft.Extensions.DependencyInjection;

namespace Terroir.Audit;

/// <summary>Registers the ledger.</summary>
public static class AuditServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ILedger"/>, <see cref="ILedgerMaintenance"/>, <see cref="EventLog"/> and
    /// <see cref="IReceiptKeeper"/> over the host's stores, <see cref="LedgerIdentity"/> and
    /// <see cref="Provenance.Receipts.ReceiptSoftware"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<ILedger, SiteLedger>()
        .AddSingleton<ILedgerMaintenance, LedgerMaintenance>()
        .AddSingleton<ConfidentialObjects>()
        .AddSingleton<PersonKeys>()
        .AddSingleton<IReceiptKeeper, ReceiptKeeper>()
        .AddSingleton(provider => new EventLog(
            provider.GetRequiredService<ILedger>(),
            provider.GetRequiredService<PersonKeys>(),
            provider.GetRequiredService<TimeProvider>()));
}
