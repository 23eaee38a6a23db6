using Microsoft.Extensions.DependencyInjection;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Registers the ledger.</summary>
public static class AuditServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ILedger"/>, <see cref="ILedgerMaintenance"/>, <see cref="EventLog"/>,
    /// <see cref="AnswerRecords"/>, <see cref="LedgerPruning"/> and <see cref="IReceiptKeeper"/> over the host's
    /// stores, <see cref="LedgerIdentity"/> and <see cref="Provenance.Receipts.ReceiptSoftware"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<SiteLedger>()
        .AddSingleton<ILedger>(provider => provider.GetRequiredService<SiteLedger>())
        .AddSingleton<ILedgerMaintenance, LedgerMaintenance>()
        .AddSingleton<ConfidentialObjects>()
        .AddSingleton<PersonKeys>()
        .AddSingleton<IReceiptKeeper, ReceiptKeeper>()
        .AddSingleton(provider => new AnswerRecords(
            provider.GetRequiredService<ConfidentialObjects>(),
            provider.GetRequiredService<LedgerIdentity>()))
        .AddSingleton(provider => new LedgerExtracts(
            provider.GetRequiredService<IMetastore>(),
            provider.GetRequiredService<ILedger>(),
            provider.GetRequiredService<LedgerIdentity>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new LedgerPruning(
            provider.GetRequiredService<IMetastore>(),
            provider.GetRequiredService<IObjectStore>(),
            provider.GetRequiredService<ILedger>(),
            provider.GetRequiredService<LedgerIdentity>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new EventLog(
            provider.GetRequiredService<ILedger>(),
            provider.GetRequiredService<PersonKeys>(),
            provider.GetRequiredService<TimeProvider>()));

    /// <summary>Adds <see cref="LedgerWitnessing"/>.</summary>
    /// <param name="services">The host's services, with those of <see cref="AddAudit"/>.</param>
    /// <param name="open">Makes the witnesses that the operator declared; none is fine.</param>
    /// <param name="quorum">Tells how many must have cosigned a checkpoint before it is kept as witnessed; 0 for all.
    /// </param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddWitnesses(
        this IServiceCollection services,
        Func<IServiceProvider, IReadOnlyList<IWitness>> open,
        Func<IServiceProvider, int> quorum) => services
        .AddSingleton(provider => new LedgerWitnessing(
            provider.GetRequiredService<SiteLedger>(),
            provider.GetRequiredService<IMetastore>(),
            provider.GetRequiredService<IObjectStore>(),
            provider.GetRequiredService<LedgerIdentity>(),
            open(provider),
            quorum(provider)));
}
