using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Terroir.Answers.Sections;
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
    ModelPolicy? policy = null) : IComposer
{
    private readonly QuotingComposer _quoting = new();

    public string Provider => options switch
    {
        { Local.Length: > 0 } => options.Local,
        { HasModel: true } => options.Model,
        _ => _quoting.Provider,
    };

    public async IAsyncEnumerable<DraftEvent> ComposeAsync(
        AskRequest request,
        SearchResult found,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TerroirException? failure = null;
        IComposer composer = _quoting;
        try
        {
            composer = Choose(request.Engine.Length > 0 ? request.Engine : options.Local);
        }
        catch (TerroirException exception)
        {
            LogNotOpened(exception.Code, exception.Message);
            failure = exception;
        }

        await foreach (var step in composer.ComposeAsync(request, found, cancellationToken))
        {
            yield return step is DraftDone done && failure is not null
                ? new DraftDone(done.Draft with
                {
                    Notices = [AnswerWords.For(request).ModelFailed, .. done.Draft.Notices],
                })
                : step;
        }
    }

    private IComposer Choose(string engine)
    {
        if (string.Equals(engine, _quoting.Provider, StringComparison.Ordinal))
        {
            return _quoting;
        }

        if (engine.Length == 0
            || (server is not null && string.Equals(engine, options.Model, StringComparison.Ordinal)))
        {
            return server is null ? _quoting : new GenerativeComposer(
                server, options, reading, logger, local: null, policy);
        }

        var model = local?.Open(engine) ?? throw new ModelUnusableException(engine, ModelProblem.Unknown);
        var limits = options.For(model.Id);
        return new GenerativeComposer(
            new BoundedChatClient(model.Client, limits, timeProvider),
            limits,
            reading,
            logger,
            model,
            policy);
    }

    [LoggerMessage(3002, LogLevel.Warning, "answered with extracts, the model was not opened ({Code}): {Detail}")]
    private partial void LogNotOpened(string code, string detail);
}
