using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Terroir.Answers.Sections;
using Terroir.Energy;
using Terroir.Models;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>Lets whoever the request names write: extracts, a model of this machine, or, by default, what the settings
/// say. A model that cannot be opened is answered for by extracts, with a notice.</summary>
internal sealed partial class ChosenComposer(
    IChatClient? server,
    ILocalModels? local,
    ModelsOptions options,
    SectionReading reading,
    TimeProvider timeProvider,
    ILogger<GenerativeComposer> logger,
    ModelPolicy? policy = null,
    IModelBudget? budget = null) : IComposer
{
    private readonly QuotingComposer _quoting = new();

    public string Provider => Engines[0];

    // In the order in which they are asked: a server first, a model of this machine for what the policies keep here.
    private string[] Engines => (options.HasModel, options.Local.Length > 0) switch
    {
        (true, true) => [options.Model, options.Local],
        (true, false) => [options.Model],
        (false, true) => [options.Local],
        _ => [_quoting.Provider],
    };

    public async IAsyncEnumerable<DraftEvent> ComposeAsync(
        AskRequest request,
        SearchResult found,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var engines = request.Engine.Length > 0 ? [request.Engine] : Engines;
        var notices = new List<string>();
        var energy = request.Energy ?? new EnergyCount();
        foreach (var (at, engine) in engines.Index())
        {
            DraftDone? last = null;
            var composer = Open(engine, request, energy, notices);
            await foreach (var step in composer.ComposeAsync(request, found, cancellationToken))
            {
                last = step as DraftDone;
                if (last is null)
                {
                    yield return step;
                }
            }

            if (at == engines.Length - 1 || last is not { Draft.IsKept: true })
            {
                yield return new DraftDone(last!.Draft with
                {
                    Notices = [.. notices, .. last.Draft.Notices],
                    Energy = energy.Total,
                });
                yield break;
            }

            notices.Add(string.Format(CultureInfo.InvariantCulture, AnswerWords.For(request).KeptHere, engine));
            notices.AddRange(last.Draft.Approval is { } approval ? [approval] : []);
        }
    }

    private IComposer Open(string engine, AskRequest request, EnergyCount energy, List<string> notices)
    {
        try
        {
            return Choose(engine, request, energy);
        }
        catch (TerroirException exception)
        {
            LogNotOpened(exception.Code, exception.Message);
            notices.Add(AnswerWords.For(request).ModelFailed);
            return _quoting;
        }
    }

    private IComposer Choose(string engine, AskRequest request, EnergyCount energy)
    {
        if (string.Equals(engine, _quoting.Provider, StringComparison.Ordinal))
        {
            return _quoting;
        }

        if (server is not null && options.HasModel && string.Equals(engine, options.Model, StringComparison.Ordinal))
        {
            return new GenerativeComposer(
                Pay(server, options, request, energy, model: null), options, reading, logger, local: null, policy);
        }

        var model = local?.Open(engine) ?? throw new ModelUnusableException(engine, ModelProblem.Unknown);
        var limits = options.For(model.Id);
        return new GenerativeComposer(
            Pay(new BoundedChatClient(model.Client, limits, timeProvider), limits, request, energy, model),
            limits,
            reading,
            logger,
            model,
            policy);
    }

    private IChatClient Pay(
        IChatClient client,
        ModelsOptions limits,
        AskRequest request,
        EnergyCount energy,
        LocalModel? model) =>
        BudgetedChatClient.Around(
            new MeteredChatClient(client, limits.Power, energy, timeProvider),
            budget,
            (request.Asker.User, request.Asker.Principals),
            limits,
            model?.CountTokens,
            timeProvider);

    [LoggerMessage(3002, LogLevel.Warning, "answered with extracts, the model was not opened ({Code}): {Detail}")]
    private partial void LogNotOpened(string code, string detail);
}
