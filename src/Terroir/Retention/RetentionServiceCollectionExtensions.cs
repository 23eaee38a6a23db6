using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Protection.PersonalData;
using Terroir.Retention.Residue;
using Terroir.Retention.Stores;
using Terroir.Storage;

namespace Terroir.Retention;

/// <summary>Registers retention and erasure.</summary>
public static class RetentionServiceCollectionExtensions
{
    /// <summary>Adds <see cref="Eraser"/>, <see cref="ErasurePlanner"/> and <see cref="IErasedDocuments"/> over the
    /// host's stores, <see cref="ISiteFiles"/> and <see cref="RetentionRules"/>. Every <see cref="IErasable"/> that is
    /// registered is visited by erasures.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.TryAddSingleton(RetentionRules.None);
        return services
            .AddSingleton<RetentionJournal>()
            .AddSingleton<IErasedDocuments>(provider => provider.GetRequiredService<RetentionJournal>())
            .AddSingleton<KeptReceipts>()
            .AddSingleton<KeepingRules>()
            .AddSingleton<ErasureCollector>()
            .AddSingleton<ErasureCertifier>()
            .AddSingleton<ResidueSearch>()
            .AddSingleton<IErasable, LiveDocuments>()
            .AddSingleton<IErasable, IndexFiles>()
            .AddSingleton<IErasable, StoredObjects>()
            .AddSingleton<IErasable, DerivedFiles>()
            .AddSingleton<IErasable, ReceiptOpeningsStore>()
            .AddSingleton<IErasable, LedgerOpenings>()
            .AddSingleton<IErasable, DocumentKeys>()
            .AddSingleton<IErasable, MetastorePages>()
            .AddSingleton(provider => new LegalHolds(
                provider.GetRequiredService<RetentionJournal>(),
                provider.GetRequiredService<EventLog>()))
            .AddSingleton(provider => new ErasurePlanner(
                provider.GetRequiredService<ICatalog>(),
                provider.GetRequiredService<IMetastore>(),
                provider.GetRequiredService<KeepingRules>()))
            .AddSingleton(provider => new RetentionSchedule(
                provider.GetRequiredService<ErasurePlanner>(),
                provider.GetRequiredService<KeepingRules>(),
                provider.GetRequiredService<RetentionRules>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new SubjectData(
                provider.GetRequiredService<ErasurePlanner>(),
                provider.GetRequiredService<ICatalog>(),
                provider.GetRequiredService<KeptReceipts>(),
                provider.GetRequiredService<PersonalDataScanner>()))
            .AddSingleton(provider => new Eraser(
                provider.GetRequiredService<RetentionJournal>(),
                provider.GetRequiredService<ErasureCollector>(),
                provider.GetServices<IErasable>(),
                provider.GetRequiredService<ResidueSearch>(),
                provider.GetRequiredService<ErasureCertifier>(),
                provider.GetRequiredService<ConfidentialObjects>(),
                provider.GetRequiredService<KeepingRules>(),
                provider.GetRequiredService<ICatalog>()));
    }
}
