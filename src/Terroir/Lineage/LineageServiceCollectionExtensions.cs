using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Lineage.Runs;
using Terroir.Storage;

namespace Terroir.Lineage;

/// <summary>Registers the lineage.</summary>
public static class LineageServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ILineage"/> and <see cref="RunReader"/> over the host's stores and ledger.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddLineage(this IServiceCollection services) => services
        .AddSingleton(provider => new CitationIndex(
            provider.GetRequiredService<IMetastore>(),
            provider.GetRequiredService<AnswerRecords>(),
            provider.GetService<IDerivedStore>()))
        .AddSingleton<ILineage>(provider => new SiteLineage(
            provider.GetRequiredService<IMetastore>(),
            provider.GetRequiredService<AnswerRecords>(),
            provider.GetRequiredService<ILedger>(),
            provider.GetRequiredService<CitationIndex>()))
        .AddSingleton(provider => new RunReader(
            provider.GetRequiredService<IMetastore>(),
            provider.GetRequiredService<AnswerRecords>(),
            provider.GetRequiredService<CitationIndex>()));
}
