using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Models;
using Terroir.Server;
using Terroir.Server.Models;

namespace Terroir.Cli.Diagnosis;

/// <summary>Checks the model server, if the site has one.</summary>
internal static class ModelChecks
{
    private const string Name = "model";
    private const string Why = "Answers are extracts of documents until it answers.";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static async Task<IReadOnlyList<Finding>> RunAsync(Site site, CancellationToken cancellationToken)
    {
        try
        {
            var options = site.Services.GetRequiredService<IOptions<ModelsOptions>>().Value;
            Finding[] local = options.Local.Length > 0 ? [CheckLocal(site, options.Local)] : [];
            Finding[] server = options.HasModel
                ? [await CheckServerAsync(site, options, cancellationToken), .. CheckSecrecy(site, options)]
                : [];
            return local.Length + server.Length > 0
                ? [.. server, .. local]
                : [Finding.Sound(Name, "There is none: answers are extracts of documents.")];
        }
        catch (OptionsValidationException exception)
        {
            return
            [
                Finding.Problem(
                    Name,
                    string.Join(' ', exception.Failures),
                    "The site does not answer questions until its settings are right.",
                    $"edit '{site.Folder.ConfigurationFile}'"),
            ];
        }
    }

    // The weights are hashed by 'terroir model verify' alone: they are large.
    private static Finding CheckLocal(Site site, string id)
    {
        try
        {
            var model = site.Services.GetRequiredService<ILocalModels>().Open(id);
            return Finding.Sound(Name, $"'{model.Id}' runs on this machine.");
        }
        catch (TerroirException exception)
        {
            return Finding.Warning(Name, $"{exception.Code}: {exception.Message}", Why, "terroir model list");
        }
    }

    private static async Task<Finding> CheckServerAsync(
        Site site,
        ModelsOptions options,
        CancellationToken cancellationToken)
    {
        try
        {
            var models = await site.Services.GetRequiredService<ModelProbe>().ListModelsAsync(cancellationToken);
            return models.Contains(options.Model, StringComparer.Ordinal)
                ? Finding.Sound(Name, $"'{options.Model}' is at {options.Endpoint}.")
                : Finding.Warning(
                    Name,
                    $"{options.Endpoint} does not list '{options.Model}'.",
                    "Most servers reject a model that they do not list, and answers are extracts then.",
                    $"set models.model in '{site.Folder.ConfigurationFile}' to one of: {string.Join(", ", models)}");
        }
        catch (ModelFailedException exception)
        {
            return Finding.Warning(
                Name,
                $"{options.Endpoint}: {exception.Message}",
                Why,
                $"start the server, or edit '{site.Folder.ConfigurationFile}'");
        }
    }

    private static IEnumerable<Finding> CheckSecrecy(Site site, ModelsOptions options)
    {
        var endpoint = new Uri(options.Endpoint);
        if (!endpoint.IsLoopback && endpoint.Scheme is "http")
        {
            yield return Finding.Warning(
                "model connection",
                $"Passages travel to {endpoint.Host} in the clear.",
                "Whoever is on the way reads them, and the key.",
                $"set models.endpoint in '{site.Folder.ConfigurationFile}' to an https address");
        }

        if (site.Services.GetRequiredService<ModelKey>().FileOf(options) is { } file
            && !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(file) & Others) != UnixFileMode.None)
        {
            yield return Finding.Warning(
                "model key",
                $"Others can read {file}.",
                "Whoever has the key can use the model server in the site's name.",
                $"chmod 600 '{file}'");
        }
    }
}
