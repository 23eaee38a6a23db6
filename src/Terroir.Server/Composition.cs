using Terroir.Answers;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Provenance;
using Terroir.Readers;
using Terroir.Retrieval;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Server;

/// <summary>The one place that chooses providers and puts the engine together.</summary>
public static class Composition
{
    /// <summary>Adds the engine over the embedded storage of a site's folder.</summary>
    /// <param name="services">The services; they hold a <see cref="TimeProvider"/>.</param>
    /// <param name="folder">The site's folder.</param>
    /// <param name="cancellationToken">Stops the reading of the key.</param>
    /// <returns>The same services.</returns>
    public static async Task<IServiceCollection> AddEngineAsync(
        IServiceCollection services,
        string folder,
        CancellationToken cancellationToken)
    {
        var id = await File.ReadAllTextAsync(Path.Combine(folder, "site-id"), cancellationToken);
        var seed = await File.ReadAllTextAsync(Path.Combine(folder, "site.key"), cancellationToken);
        return services
            .AddSingleton(new SiteIdentity(id, SiteKey.FromSeed(Convert.FromHexString(seed))))
            .AddSingleton<IObjectStore>(provider => new FolderObjectStore(
                Path.Combine(folder, "objects"),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IMetastore>(provider => SqliteMetastore.Open(
                Path.Combine(folder, "metastore.db"),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IDocumentReader, FormatReaders>()
            .AddSingleton(await Site.ReadDirectoryAsync(folder, cancellationToken))
            .AddCatalog()
            .AddIngestion()
            .AddRetrieval()
            .AddAnswers();
    }
}
