using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Terroir.Energy;
using Terroir.Models;

namespace Terroir.Answers.Conversations;

/// <summary>Lets the model in use make a question of a conversation stand alone.</summary>
/// <remarks>It is given the asker's own questions and nothing of any document, after the same decision of the policies
/// as for an answer, which is in the ledger before they are sent. What it writes counts only if
/// <see cref="RewriteCheck"/> holds; whatever else happens, the rules of <see cref="StandaloneQuery"/> take its
/// place.</remarks>
internal sealed partial class FollowUpRewriter(
    IChatClient? server,
    ILocalModels? local,
    ModelsOptions options,
    TimeProvider timeProvider,
    ILogger<FollowUpRewriter> logger,
    ModelPolicy? policy = null,
    IModelBudget? budget = null)
{
    /// <summary>How many earlier questions the model is given.</summary>
    internal const int QuestionCountMax = 4;

    /// <summary>How many characters are taken of what the model writes; more is no question.</summary>
    internal const int LengthMax = 600;

    /// <summary>How many tokens a model of this machine may write.</summary>
    internal const int TokensMax = 160;

    /// <summary>What the ledger says that the model is asked for.</summary>
    internal const string Purpose = "follow-up";

    private const string Extractive = "extractive";

    /// <summary>How long it may take.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Rewrites a question.</summary>
    /// <param name="request">The question as it was asked.</param>
    /// <param name="earlier">The asker's earlier questions of the conversation, the oldest first; at least one.</param>
    /// <param name="energy">Counts what the model takes.</param>
    /// <param name="cancellationToken">Stops the model.</param>
    /// <returns>The question as it stands alone; <see langword="null"/> where no model writes, or what it wrote does
    /// not hold.</returns>
    public async Task<string?> RewriteAsync(
        AskRequest request,
        IReadOnlyList<string> earlier,
        EnergyCount energy,
        CancellationToken cancellationToken)
    {
        var seen = earlier.TakeLast(QuestionCountMax).ToArray();
        using var deadline = new CancellationTokenSource(Timeout, timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            if (Choose(request.Engine) is not var (client, limits, model))
            {
                return null;
            }

            var prompt = new PassagePrompt(Write(request, seen), []);
            var verdict = policy is null
                ? null
                : await policy.DecideAsync(Purpose, request, prompt, limits, model, stop.Token);
            if (verdict is { IsAllowed: false })
            {
                LogNotRewritten("policies");
                return null;
            }

            var paid = BudgetedChatClient.Around(
                new MeteredChatClient(client, limits.Power, energy, timeProvider),
                budget,
                (request.Asker.User, request.Asker.Principals),
                limits,
                model?.CountTokens,
                timeProvider);
            var written = await ReadAsync(paid, prompt, OptionsFor(request, model), stop.Token);
            if (!RewriteCheck.Holds(written, request.Question, seen))
            {
                LogNotRewritten("check");
                return null;
            }

            return written;
        }
        catch (TerroirException exception)
        {
            LogNotRewritten(exception.Code);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotRewritten("time");
        }

        return null;
    }

    // Where both are set, the questions stay on this machine.
    private (IChatClient Client, ModelsOptions Limits, LocalModel? Model)? Choose(string engine)
    {
        var name = engine.Length > 0 ? engine : options.Local;
        if (string.Equals(name, Extractive, StringComparison.Ordinal))
        {
            return null;
        }

        if (name.Length == 0 || (server is not null && string.Equals(name, options.Model, StringComparison.Ordinal)))
        {
            return server is null ? null : (server, options, null);
        }

        var model = local?.Open(name) ?? throw new ModelUnusableException(name, ModelProblem.Unknown);
        var limits = options.For(model.Id);
        return (model.Client, limits, model);
    }

    private static ChatMessage[] Write(AskRequest request, string[] earlier)
    {
        var isFrench = ReferenceEquals(AnswerWords.For(request), AnswerWords.French);
        var text = new StringBuilder(isFrench ? "Questions précédentes :\n" : "Earlier questions:\n");
        foreach (var (index, question) in earlier.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"{index + 1}. {question}\n");
        }

        text.Append(isFrench ? "Nouvelle question : " : "New question: ").Append(request.Question);
        return
        [
            new ChatMessage(ChatRole.System, isFrench ? FrenchRules : EnglishRules),
            new ChatMessage(ChatRole.User, text.ToString()),
        ];
    }

    private static ChatOptions? OptionsFor(AskRequest request, LocalModel? model)
    {
        if (model is null)
        {
            return null;
        }

        var permissions = string.Join('\0', request.Asker.Principals.Order(StringComparer.Ordinal));
        var asked = model.OptionsFor(new LocalRequest(0, "", $"{request.Asker.User}\0{permissions}")).Clone();
        asked.ModelId = model.Id;
        asked.MaxOutputTokens = TokensMax;
        asked.Temperature = 0;
        return asked;
    }

    private static async Task<string> ReadAsync(
        IChatClient client,
        PassagePrompt prompt,
        ChatOptions? options,
        CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        await foreach (var update in client.GetStreamingResponseAsync(prompt.Messages, options, cancellationToken))
        {
            text.Append(update.Text);
            if (text.Length > LengthMax || update.FinishReason == ChatFinishReason.Length)
            {
                return "";
            }
        }

        return text.ToString().Trim().Trim('"', '«', '»', '“', '”', ' ', '\u00A0', '\u202F');
    }

    private const string FrenchRules = """
        Tu réécris la nouvelle question d'une conversation pour qu'elle se comprenne sans les précédentes.
        - N'emploie que les mots de ces questions. N'ajoute ni nom, ni nombre, ni fait. N'y réponds pas.
        - Garde tous les mots de la nouvelle question ; remplace ses pronoms par ce qu'ils désignent.
        - Si elle se comprend déjà seule, recopie-la.
        - Écris la question sur une ligne, et rien d'autre.
        """;

    private const string EnglishRules = """
        You rewrite the new question of a conversation so that it is understood without the earlier ones.
        - Use only words of these questions. Add no name, number or fact. Do not answer it.
        - Keep all words of the new question; put what its pronouns stand for in their place.
        - If it is understood alone already, copy it.
        - Write the question on one line, and nothing else.
        """;

    [LoggerMessage(2503, LogLevel.Information, "a question of a conversation was completed by rules ({Cause})")]
    private partial void LogNotRewritten(string cause);
}
