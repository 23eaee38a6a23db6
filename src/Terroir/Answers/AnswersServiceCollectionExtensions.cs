using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Terroir.Answers.Sections;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Models;

namespace Terroir.Answers;

/// <summary>Registers the answers.</summary>
public static class AnswersServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IAnswerer"/>: a model writes if there is an <see cref="IChatClient"/>, else answers are
    /// extracts. Every answer has a receipt.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAnswers(this IServiceCollection services) =>
        services
            .AddSingleton<IComposer>(site => site.GetService<IChatClient>() is { } model
                ? new GenerativeComposer(
                    model,
                    site.GetRequiredService<IOptions<ModelsOptions>>().Value,
                    new SectionReading(site.GetRequiredService<ICatalog>()),
                    site.GetRequiredService<ILogger<GenerativeComposer>>())
                : new QuotingComposer())
            .AddSingleton<CitedAnswerer>()
            .AddSingleton<IAnswerer>(site => new ReceiptedAnswerer(
                site.GetRequiredService<CitedAnswerer>(),
                site.GetRequiredService<IReceiptKeeper>()));
}
