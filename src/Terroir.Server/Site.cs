using Terroir.Server.Configuration;

namespace Terroir.Server;

/// <summary>An opened site: its folder, settings and engine, without a web host.</summary>
public sealed class Site : IAsyncDisposable
{
    /// <summary>The collection that sources feed unless they name another.</summary>
    public const string DefaultCollection = "documents";

    private readonly ServiceProvider _services;

    private Site(SiteFolder folder, IConfigurationRoot configuration, ServiceProvider services)
    {
        Folder = folder;
        Configuration = configuration;
        _services = services;
    }

    /// <summary>The folder.</summary>
    public SiteFolder Folder { get; }

    /// <summary>The settings.</summary>
    public IConfigurationRoot Configuration { get; }

    /// <summary>The engine's services.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Opens a site.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="configure">Adds to the services of the engine or replaces some; <see langword="null"/> leaves them.
    /// </param>
    /// <returns>The site.</returns>
    /// <exception cref="SiteMissingException">There is no site in the folder.</exception>
    /// <exception cref="FormatException">Its settings cannot be read.</exception>
    public static Site Open(string folder, Action<IServiceCollection>? configure = null)
    {
        var site = SiteFolder.Find(folder) ?? throw new SiteMissingException(folder);
        var configuration = SiteConfiguration.Load(site, new Dictionary<string, string?>(StringComparer.Ordinal));
        var services = new ServiceCollection().AddTerroir(site, configuration).AddLogging(LogSetup.Configure);
        configure?.Invoke(services);
        return new Site(site, configuration, services.BuildServiceProvider());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
