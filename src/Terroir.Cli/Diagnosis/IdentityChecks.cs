using Terroir.Server;

namespace Terroir.Cli.Diagnosis;

/// <summary>Checks that the site still is itself: its id and its signing key.</summary>
internal static class IdentityChecks
{
    /// <summary>Checks them.</summary>
    /// <returns>The problem, or <see langword="null"/> if they can be read.</returns>
    public static Finding? Run(SiteFolder site)
    {
        try
        {
            site.ReadIdentity().Key.Dispose();
            return null;
        }
        catch (SiteDamagedException exception)
        {
            return Describe(exception);
        }
    }

    public static Finding Describe(SiteDamagedException exception) => Finding.Problem(
        "identity",
        exception.Message,
        "Without its own key the site can neither prove what it holds nor publish anything.",
        $"cp BACKUP/{Path.GetFileName(exception.File)} '{exception.File}'");
}
