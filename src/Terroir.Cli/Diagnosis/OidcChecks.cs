using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Server;
using Terroir.Server.Oidc;

namespace Terroir.Cli.Diagnosis;

/// <summary>Checks the identity provider, if the site has one.</summary>
internal static class OidcChecks
{
    private const string Name = "identity provider";
    private const string Why = "Nobody can sign in with it, and no token of it counts, until it answers.";

    public static async Task<IReadOnlyList<Finding>> RunAsync(Site site, CancellationToken cancellationToken)
    {
        var edit = $"edit '{site.Folder.ConfigurationFile}'";
        try
        {
            var options = site.Services.GetRequiredService<IOptions<OidcOptions>>().Value;
            return options.IsSet
                ? [await AskAsync(site, options, edit, cancellationToken), .. CheckSecret(site, options)]
                : [];
        }
        catch (OptionsValidationException exception)
        {
            return [Finding.Settings(Name, exception, edit)];
        }
    }

    private static async Task<Finding> AskAsync(
        Site site,
        OidcOptions options,
        string edit,
        CancellationToken cancellationToken)
    {
        try
        {
            await site.Services.GetRequiredService<OidcProvider>().ReadAsync(cancellationToken);
            return Finding.Sound(Name, $"{options.Authority} answers.");
        }
        catch (IdentityProviderFailedException exception)
        {
            return Finding.Warning(Name, $"{exception.Code}: {exception.Message}", Why, edit);
        }
    }

    private static IEnumerable<Finding> CheckSecret(Site site, OidcOptions options) => Finding.OpenSecret(
        "secret of the site",
        site.Services.GetRequiredService<ClientSecret>().FileOf(options),
        "Whoever has the secret can speak to the identity provider in the site's name.");
}
