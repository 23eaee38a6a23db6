using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Protection;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Diagnosis;

/// <summary>Examines a site from the outside in: each step looks only where the one before it found that one can.
/// </summary>
internal static class Examination
{
    private const string WhySettings = "No command works on the site until its settings can be read.";
    private const string WhyMetastore = "The metastore says what is published. It can be rebuilt from the manifests.";

    public static async IAsyncEnumerable<Finding> RunAsync(
        string folder,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (SiteFolder.Find(folder) is not { } folderOfSite)
        {
            yield return CheckAbsence(folder);
            yield break;
        }

        foreach (var finding in FolderChecks.Run(folderOfSite))
        {
            yield return finding;
        }

        if (IdentityChecks.Run(folderOfSite) is { } damage)
        {
            yield return damage;
            yield break;
        }

        if (CheckLoss(folderOfSite) is { } loss)
        {
            yield return loss;
            yield break;
        }

        var (site, fault) = Open(folderOfSite);
        if (site is null)
        {
            yield return fault!;
            yield break;
        }

        await using var opened = site;
        yield return KeyChecks.Run(opened);
        foreach (var finding in await SiteChecks.RunAsync(opened, cancellationToken))
        {
            yield return finding;
        }

        yield return await RecognitionChecks.RunAsync(opened, cancellationToken);
        foreach (var finding in await ModelChecks.RunAsync(opened, cancellationToken))
        {
            yield return finding;
        }

        var servers = await LdapChecks.RunAsync(opened, cancellationToken);
        foreach (var finding in servers.Concat(await OidcChecks.RunAsync(opened, cancellationToken)))
        {
            yield return finding;
        }

        foreach (var finding in AcceleratorChecks.Run(opened))
        {
            yield return finding;
        }

        foreach (var finding in ServerChecks.Run(opened))
        {
            yield return finding;
        }
    }

    /// <summary>The command that rebuilds a metastore; what SQLite keeps beside it must not meet the new one.</summary>
    public static string Rebuild(SiteFolder site) =>
        $"mkdir -p '{site.Root}/damaged' && mv '{site.MetastoreFile}'* '{site.Root}/damaged/' && terroir rebuild";

    private static Finding CheckAbsence(string folder)
    {
        var root = Path.GetFullPath(folder);
        try
        {
            // Creates nothing: it only tells a folder without a site from one with half of it.
            SiteFolder.ThrowIfIncomplete(root);
        }
        catch (SiteDamagedException exception)
        {
            return IdentityChecks.Describe(exception);
        }

        return Finding.Problem(
            "site",
            $"There is no site in {root}.",
            "Documents need a place.",
            "terroir init");
    }

    private static Finding? CheckLoss(SiteFolder site) =>
        File.Exists(site.MetastoreFile) || !Directory.Exists(Path.Combine(site.ObjectsFolder, "m"))
            ? null
            : Finding.Problem(
                "metastore",
                $"{site.MetastoreFile} is missing, and the object store holds manifests.",
                WhyMetastore,
                "terroir rebuild");

    private static (Site? Site, Finding? Fault) Open(SiteFolder folder)
    {
        try
        {
            var site = Site.Open(folder.Root);
            _ = site.Services.GetRequiredService<IMetastore>();
            _ = site.Services.GetRequiredService<IKeyRing>();
            return (site, null);
        }
        catch (SiteDamagedException exception)
        {
            return (null, IdentityChecks.Describe(exception));
        }
        catch (StorageFailedException exception)
        {
            return (null, Finding.Problem("metastore", exception.Message, WhyMetastore, Rebuild(folder)));
        }
        catch (Exception exception) when (exception is FormatException or OptionsValidationException)
        {
            return (null, Finding.Problem(
                "settings",
                exception.Message,
                WhySettings,
                $"edit '{folder.ConfigurationFile}'"));
        }
    }
}
