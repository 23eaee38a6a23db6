using Microsoft.AspNetCore.Http;
using Terroir.Server;

namespace Terroir.Cli.Diagnosis;

/// <summary>Checks how the site would be served.</summary>
internal static class ServerChecks
{
    private const string Name = "server";

    private static readonly string[] LoopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

    public static IEnumerable<Finding> Run(Site site)
    {
        var url = site.Configuration["Terroir:Server:Url"] ?? ServerOptions.DefaultUrl;
        if (ServerOptions.FindUrlFault(url) is { } fault)
        {
            yield return Finding.Problem(Name, fault, "The site cannot be served.", Edit(site));
            yield break;
        }

        yield return LoopbackHosts.Contains(BindingAddress.Parse(url).Host, StringComparer.OrdinalIgnoreCase)
            ? Finding.Sound(Name, $"Only this machine reaches {url}.")
            : Finding.Warning(
                Name,
                $"Other machines reach {url} in the clear.",
                "Whoever is on the way reads questions, answers and keys. A proxy with TLS belongs before it.",
                Edit(site));
        if (site.Configuration["Terroir:Server:Demo"] is { } demo
            && string.Equals(demo, bool.TrueString, StringComparison.OrdinalIgnoreCase))
        {
            yield return Finding.Warning(
                "demo",
                "The site is served as a demo.",
                "Everybody on this machine asks as anyone of the directory, without a key.",
                Edit(site));
        }
    }

    private static string Edit(Site site) => $"edit '{site.Folder.ConfigurationFile}'";
}
