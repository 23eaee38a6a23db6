using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Catalog;
using Terroir.Models;
using Terroir.Retention;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Commands.Retention;

/// <summary>What a site knows of its processing of personal data.</summary>
/// <param name="Site">The site's id.</param>
/// <param name="IsSealed">Whether stored content is sealed.</param>
/// <param name="ModelEndpoint">The server of a language model, if there is one.</param>
/// <param name="Activities">An activity for each collection.</param>
internal sealed record ProcessingRegister(
    string Site,
    bool IsSealed,
    string? ModelEndpoint,
    IReadOnlyList<ProcessingActivity> Activities)
{
    private const int ReadersMax = 50;

    /// <summary>Reads it.</summary>
    public static async Task<ProcessingRegister> ReadAsync(Site site, CancellationToken stop)
    {
        var catalog = site.Services.GetRequiredService<ICatalog>();
        var rules = site.Services.GetRequiredService<RetentionRules>();
        var sources = await site.Services.GetRequiredService<IMetastore>().Sources.ListSourcesAsync(stop);
        var activities = new List<ProcessingActivity>();
        foreach (var head in await catalog.ListHeadsAsync(stop))
        {
            var state = await catalog.ReadStateAsync(head.Collection, 0, stop);
            var documents = (state?.Documents ?? []).Select(row => row.Document).ToArray();
            activities.Add(new ProcessingActivity(
                head.Collection,
                documents.Length,
                [.. documents.Select(item => item.Label).Where(label => label.Length > 0)
                    .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                [.. sources.Where(source => source.Collection == head.Collection)
                    .Select(source => $"{source.Id} ({source.Kind})")],
                [.. documents.SelectMany(item => item.Access.Allow).Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal).Take(ReadersMax)],
                [.. rules.Rules.Where(rule => rule.Collection is null || rule.Collection == head.Collection)]));
        }

        var endpoint = site.Services.GetRequiredService<IOptions<ModelsOptions>>().Value.Endpoint;
        return new ProcessingRegister(
            site.Services.GetRequiredService<SiteIdentity>().Id,
            site.Services.GetRequiredService<IContentCipher>().IsSealing,
            endpoint.Length == 0 ? null : endpoint,
            activities);
    }
}

/// <summary>The processing of a collection.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="DocumentCount">How many documents it has.</param>
/// <param name="Labels">Their labels.</param>
/// <param name="Sources">Where they come from.</param>
/// <param name="Readers">Who may read them: at most 50 principals.</param>
/// <param name="Rules">How long they are kept.</param>
internal sealed record ProcessingActivity(
    CollectionId Collection,
    int DocumentCount,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> Readers,
    IReadOnlyList<RetentionRule> Rules);
