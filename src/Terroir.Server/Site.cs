using Terroir.Access;
using Terroir.Provenance;
using Terroir.Storage.Embedded;

namespace Terroir.Server;

/// <summary>A site's folder, opened: <c>site-id</c>, <c>site.key</c>, <c>directory.yaml</c>, <c>metastore.db</c>,
/// <c>objects/</c>.</summary>
public sealed class Site : IAsyncDisposable
{
    /// <summary>The collection that sources feed unless they name another.</summary>
    public const string DefaultCollection = "documents";

    private readonly ServiceProvider _services;

    private Site(string folder, ServiceProvider services)
    {
        Folder = folder;
        _services = services;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The engine's services.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Whether a folder holds a site.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Whether it does.</returns>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, "site.key"));

    /// <summary>Creates a site; one that is there is left as it is.</summary>
    /// <param name="folder">The folder.</param>
    public static void Create(string folder)
    {
        DurableFile.EnsureFolder(Path.GetFullPath(folder));
        if (Exists(folder))
        {
            return;
        }

        using var key = SiteKey.Generate();
        var name = $"site-{key.Id.Hex[..12]}";
        DurableFile.Replace(Path.Combine(folder, "site-id"), System.Text.Encoding.UTF8.GetBytes(name));
        DurableFile.Replace(
            Path.Combine(folder, "site.key"),
            System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key.ExportSeed())),
            UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Opens a site.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The site.</returns>
    /// <exception cref="SiteMissingException">There is no site in the folder.</exception>
    public static async Task<Site> OpenAsync(
        string folder,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        if (!Exists(folder))
        {
            throw new SiteMissingException(folder);
        }

        var services = new ServiceCollection().AddSingleton(timeProvider);
        await Composition.AddEngineAsync(services, folder, cancellationToken);
        return new Site(folder, services.BuildServiceProvider());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    internal static async Task<IDirectory> ReadDirectoryAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "directory.yaml");
        return File.Exists(path) ? SiteDirectory.Parse(await File.ReadAllTextAsync(path, cancellationToken))
            : SiteDirectory.Empty;
    }
}
