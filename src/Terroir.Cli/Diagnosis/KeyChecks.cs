using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Protection;
using Terroir.Server;

namespace Terroir.Cli.Diagnosis;

/// <summary>Checks that what was sealed can be opened.</summary>
internal static class KeyChecks
{
    /// <summary>Unwraps every key.</summary>
    public static Finding Run(Site site)
    {
        var ring = site.Services.GetRequiredService<IKeyRing>();
        try
        {
            ring.Check();
            return Finding.Sound(
                "keys",
                string.Create(CultureInfo.InvariantCulture, $"{ring.List().Count} keys can be unwrapped."));
        }
        catch (KeyUnavailableException exception)
        {
            return Finding.Problem(
                "keys",
                exception.Message,
                "What the key sealed cannot be read: those documents neither answer nor can be searched.",
                "terroir key import EXPORT --passphrase FILE");
        }
    }
}
