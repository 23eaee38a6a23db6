using Microsoft.Extensions.DependencyInjection;

namespace Terroir.Answers;

/// <summary>Registers the answers.</summary>
public static class AnswersServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IAnswerer"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAnswers(this IServiceCollection services) =>
        services.AddSingleton<IComposer, QuotingComposer>().AddSingleton<IAnswerer, CitedAnswerer>();
}
