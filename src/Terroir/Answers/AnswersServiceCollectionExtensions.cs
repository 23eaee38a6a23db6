using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Terroir.Answers.Approvals;
using Terroir.Answers.Conversations;
using Terroir.Answers.Redaction;
using Terroir.Answers.Sections;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Models;
using Terroir.Protection;
using Terroir.Protection.PersonalData;
using Terroir.Protection.Vault;
using Terroir.Sovereignty;
using Terroir.Storage;

namespace Terroir.Answers;

/// <summary>Registers the answers.</summary>
public static class AnswersServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IAnswerer"/>: the settings or the request say who writes; by default answers are
    /// extracts. Every answer has a receipt, and conversations are kept.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAnswers(this IServiceCollection services) =>
        services
            .AddSingleton<IComposer>(site => new ChosenComposer(
                site.GetService<IChatClient>(),
                site.GetService<ILocalModels>(),
                site.GetRequiredService<IOptions<ModelsOptions>>().Value,
                new SectionReading(site.GetRequiredService<ICatalog>()),
                site.GetRequiredService<TimeProvider>(),
                site.GetRequiredService<ILogger<GenerativeComposer>>(),
                PolicyOf(site),
                site.GetService<IModelBudget>()))
            .AddSingleton<CitedAnswerer>()
            .AddSingleton(site => new ConversationBook(
                site.GetRequiredService<IConversationStore>(),
                site.GetRequiredService<ICatalog>(),
                site.GetRequiredService<TimeProvider>(),
                site.GetService<IContentCipher>(),
                site.GetService<IKeyRing>()))
            .AddSingleton<IConversationMaintenance>(site => new ConversationMaintenance(
                site.GetRequiredService<ConversationBook>(),
                site.GetRequiredService<IConversationStore>(),
                site.GetService<IKeyRing>()))
            .AddSingleton(site => new PseudonymReveal(
                site.GetRequiredService<PseudonymVault>(),
                site.GetRequiredService<IProcessingPolicies>(),
                site.GetRequiredService<EventLog>()))
            .AddSingleton(site => new ApprovalBook(
                site.GetRequiredService<ConfidentialObjects>(),
                site.GetRequiredService<EventLog>(),
                site.GetRequiredService<TimeProvider>()))
            .AddSingleton<IApprovals>(site => site.GetRequiredService<ApprovalBook>())
            .AddSingleton<IConversations>(site => site.GetRequiredService<ConversationBook>())
            .AddSingleton<IAnswerer>(site => new ConversingAnswerer(
                new ReceiptedAnswerer(
                    site.GetRequiredService<CitedAnswerer>(),
                    site.GetRequiredService<IReceiptKeeper>(),
                    site.GetService<EventLog>()),
                site.GetRequiredService<ConversationBook>(),
                site.GetRequiredService<TimeProvider>(),
                new FollowUpRewriter(
                    site.GetService<IChatClient>(),
                    site.GetService<ILocalModels>(),
                    site.GetRequiredService<IOptions<ModelsOptions>>().Value,
                    site.GetRequiredService<TimeProvider>(),
                    site.GetRequiredService<ILogger<FollowUpRewriter>>(),
                    PolicyOf(site),
                    site.GetService<IModelBudget>())));

    private static ModelPolicy? PolicyOf(IServiceProvider site) =>
        site.GetService<IProcessingPolicies>() is { } policies
            ? new ModelPolicy(
                policies,
                new Lazy<PersonalDataScanner>(site.GetRequiredService<PersonalDataScanner>),
                site.GetService<LabelRules>() ?? LabelRules.None,
                site.GetService<PseudonymVault>(),
                site.GetService<EventLog>(),
                site.GetService<ApprovalBook>())
            : null;
}
