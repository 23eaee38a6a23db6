using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Cli.Output;
using Terroir.Server;
using Terroir.Server.Ldap;

namespace Terroir.Cli.Diagnosis;

/// <summary>Checks the directory server, if the site has one.</summary>
internal static class LdapChecks
{
    private const string Name = "directory server";
    private const string Why = "Nobody is let in while its groups are not known: a document may deny one of them.";

    public static async Task<IReadOnlyList<Finding>> RunAsync(Site site, CancellationToken cancellationToken)
    {
        var edit = $"edit '{site.Folder.ConfigurationFile}'";
        try
        {
            var options = site.Services.GetRequiredService<IOptions<LdapOptions>>().Value;
            return options.IsSet
                ? [await AskAsync(site, edit, cancellationToken), .. CheckPassword(site, options)]
                : [];
        }
        catch (OptionsValidationException exception)
        {
            return [Finding.Settings(Name, exception, edit)];
        }
    }

    private static async Task<Finding> AskAsync(Site site, string edit, CancellationToken cancellationToken)
    {
        try
        {
            var mirror = site.Services.GetRequiredService<LdapMirror>();
            await mirror.RefreshAsync(cancellationToken);
            var members = mirror.Last!.Members;
            return Finding.Sound(
                Name,
                $"It answers: {Terminal.Count(members.Count, "mapped group")} with "
                + $"{Terminal.Count(members.Sum(group => group.Value.Count), "member")}.");
        }
        catch (DirectoryServerFailedException exception)
        {
            return Finding.Problem(Name, $"{exception.Code}: {exception.Message}", Why, edit);
        }
    }

    private static IEnumerable<Finding> CheckPassword(Site site, LdapOptions options) => Finding.OpenSecret(
        "password for the directory server",
        site.Services.GetRequiredService<LdapPassword>().FileOf(options),
        "Whoever has the password reads what the site may read there.");
}
