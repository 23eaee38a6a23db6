using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Terroir.Answers.Approvals;
using Terroir.Answers.Redaction;
using Terroir.Answers.Sections;
using Terroir.Models;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>Lets a model write the answer, and keeps of it what the passages that it cites support. When the model
/// fails, the answer is made of extracts, with a notice.</summary>
internal sealed partial class GenerativeComposer(
    IChatClient model,
    ModelsOptions options,
    SectionReading reading,
    ILogger<GenerativeComposer> logger,
    LocalModel? local = null,
    ModelPolicy? policy = null) : IComposer
{
    public string Provider => options.Model;

    public async IAsyncEnumerable<DraftEvent> ComposeAsync(
        AskRequest request,
        SearchResult found,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (found.Hits.Count == 0)
        {
            yield return new DraftDone(new Draft(options.Model, []));
            yield break;
        }

        var documents = await reading.ReadAsync(found.Hits.Take(options.PassageCountMax), cancellationToken);
        if (Write(request, found, documents, out var unfit) is not { } written)
        {
            yield return new DraftDone(FallBack(request, found, unfit!));
            yield break;
        }

        var permission = await PermitAsync(request, found, written, cancellationToken);
        if (permission is not { Prompt: { } prompt })
        {
            yield return new DraftDone(permission.Refusal!);
            yield break;
        }

        var text = new StringBuilder();
        ChatFinishReason? finish = null;
        TerroirException? failure = null;
        await using var updates = model
            .GetStreamingResponseAsync(prompt.Messages, OptionsFor(request, found, prompt), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync())
                {
                    break;
                }
            }
            catch (TerroirException exception)
            {
                failure = exception;
                break;
            }

            finish = updates.Current.FinishReason ?? finish;
            if (updates.Current.Text is { Length: > 0 } piece)
            {
                text.Append(piece);
                yield return new DraftText(piece);
            }
        }

        yield return new DraftDone(failure is null
            ? Finish(request, found, permission, text.ToString(), isCut: finish != ChatFinishReason.Stop)
            : With(permission, request, FallBack(request, found, failure)));
    }

    private Draft Finish(
        AskRequest request,
        SearchResult found,
        ModelPermission permission,
        string text,
        bool isCut) =>
        With(permission, request, Check(
            request,
            found,
            permission.Prompt!,
            permission.Names?.Restore(text) ?? text,
            isCut));

    private static Draft With(ModelPermission permission, AskRequest request, Draft draft) => draft with
    {
        Verdict = permission.Verdict,
        Notices = [.. permission.NoticesIn(AnswerWords.For(request)), .. draft.Notices],
    };

    // What may be sent: the prompt as it is, or with pseudonyms, which are kept before anything leaves under them.
    private async Task<ModelPermission> PermitAsync(
        AskRequest request,
        SearchResult found,
        PassagePrompt prompt,
        CancellationToken cancellationToken)
    {
        var verdict = Decide(request, prompt, out var fault);
        if (fault is not null)
        {
            return new ModelPermission { Refusal = FallBack(request, found, fault) };
        }

        if (verdict is null or { IsAllowed: true })
        {
            return new ModelPermission { Prompt = prompt, Verdict = verdict };
        }

        if (verdict.IsForHuman)
        {
            return await ApproveAsync(request, found, prompt, verdict, cancellationToken);
        }

        if (!verdict.IsAllowedRedacted || policy!.Redact(prompt, out var names) is not { } redacted)
        {
            return new ModelPermission { Refusal = Refuse(request, found, verdict) };
        }

        try
        {
            return new ModelPermission
            {
                Prompt = redacted,
                Verdict = verdict,
                Names = names,
                Case = await policy.KeepAsync(prompt, names, cancellationToken),
            };
        }
        catch (TerroirException exception)
        {
            return new ModelPermission { Refusal = FallBack(request, found, exception) };
        }
    }

    private async Task<ModelPermission> ApproveAsync(
        AskRequest request,
        SearchResult found,
        PassagePrompt prompt,
        PolicyVerdict verdict,
        CancellationToken cancellationToken)
    {
        try
        {
            var asked = await policy!.AskAsync(verdict, request, prompt, options, local, cancellationToken);
            return asked is { State: ApprovalState.Approved }
                ? new ModelPermission { Prompt = prompt, Verdict = verdict.ApprovedBy(asked.Id), Approval = asked }
                : new ModelPermission { Refusal = Refuse(request, found, verdict, asked) };
        }
        catch (TerroirException exception)
        {
            return new ModelPermission { Refusal = FallBack(request, found, exception) };
        }
    }

    // Policies that cannot be used let nothing pass.
    private PolicyVerdict? Decide(AskRequest request, PassagePrompt prompt, out TerroirException? fault)
    {
        fault = null;
        try
        {
            return policy?.Decide(request, prompt, options, local);
        }
        catch (TerroirException exception)
        {
            fault = exception;
            return null;
        }
    }

    private Draft Refuse(
        AskRequest request,
        SearchResult found,
        PolicyVerdict verdict,
        ApprovalRequest? asked = null)
    {
        LogNotAllowed(verdict.Decision.Outcome, verdict.Names);
        var words = AnswerWords.For(request);
        var approval = asked is null ? null : ApprovalWords.Describe(asked, words);
        var draft = QuotingComposer.Compose(request, found);
        return draft with
        {
            Notices =
            [
                Format(words.ModelNotAllowed, verdict.Names),
                .. approval is null ? Array.Empty<string>() : [approval],
                .. draft.Notices,
            ],
            Verdict = verdict,
            IsKept = true,
            Approval = approval,
        };
    }

    private static string Format(string words, string names) =>
        string.Format(CultureInfo.InvariantCulture, words, names);

    // A server says itself that its context is too short; a model of this machine is asked before.
    private PassagePrompt? Write(
        AskRequest request,
        SearchResult found,
        IReadOnlyDictionary<(CollectionId, DocumentId), DocumentPassages> documents,
        out TerroirException? unfit)
    {
        unfit = null;
        try
        {
            return local is null
                ? PassagePrompt.Write(request, SectionChoice.Choose(
                    found.Hits,
                    documents,
                    PromptRoom.Of(options),
                    AnswerWords.For(request)))
                : new LocalPrompt(local, options).Write(request, found.Hits, documents);
        }
        catch (TerroirException exception)
        {
            unfit = exception;
            return null;
        }
    }

    // What a model of this machine computed is shared only by those who see the same of the same generations.
    private ChatOptions? OptionsFor(AskRequest request, SearchResult found, PassagePrompt prompt) =>
        local?.OptionsFor(new LocalRequest(
            prompt.Sections.Count,
            string.Join('\0', found.Generations.Select(head => string.Create(
                CultureInfo.InvariantCulture,
                $"{head.Collection.Value}\0{head.Generation}\0{head.Manifest.Hex}"))),
            string.Join('\0', request.Asker.Principals.Order(StringComparer.Ordinal))));

    private Draft Check(AskRequest request, SearchResult found, PassagePrompt prompt, string text, bool isCut)
    {
        var statements = new List<Statement>();
        var isPartRemoved = false;
        foreach (var sentence in GeneratedSentence.Parse(text, isCut))
        {
            var cited = sentence.Passages
                .Where(number => number >= 1 && number <= prompt.Sections.Count)
                .SelectMany(number => prompt.Sections[number - 1].Passages)
                .ToArray();
            var supports = SupportRule.Find(sentence.Text, cited);
            if (supports.Count > 0)
            {
                statements.Add(new Statement(sentence.Text, supports) { StartsLine = sentence.StartsLine });
            }
            else
            {
                isPartRemoved |= sentence.Passages.Count > 0;
            }
        }

        var quotes = statements.SelectMany(statement => statement.Supports).ToArray();
        if (!QuestionFit.Holds(request.Question, quotes, found.Statistics))
        {
            statements.Clear();
        }

        return new Draft(options.Model, statements)
        {
            Shown = [.. prompt.Passages],
            Model = ModelUse.Of(options, prompt, AnswerWords.For(request)) with { Local = local },
            Notices = isPartRemoved && statements.Count > 0 ? [AnswerWords.For(request).PartRemoved] : [],
        };
    }

    private Draft FallBack(AskRequest request, SearchResult found, TerroirException failure)
    {
        var words = AnswerWords.For(request);
        if (failure is BudgetExhaustedException exhausted)
        {
            LogNotPaid(exhausted.Budget);
            return With(words, exhausted, QuotingComposer.Compose(request, found));
        }

        var cause = failure is ModelFailedException server
            ? string.Create(CultureInfo.InvariantCulture, $"{server.Failure}, {server.Status}")
            : failure.Code;
        LogFallenBack(cause, failure.Message);
        var draft = QuotingComposer.Compose(request, found);
        return draft with { Notices = [words.ModelFailed, .. draft.Notices] };
    }

    private static Draft With(AnswerWords words, BudgetExhaustedException exhausted, Draft draft)
    {
        var notice = string.Format(
            CultureInfo.InvariantCulture,
            words.BudgetExhausted,
            exhausted.Budget,
            exhausted.RenewsAt);
        return draft with { Notices = [notice, .. draft.Notices] };
    }

    [LoggerMessage(3004, LogLevel.Information, "answered with extracts, a budget does not pay for a model ({Budget})")]
    private partial void LogNotPaid(string budget);

    [LoggerMessage(3003, LogLevel.Information, "answered with extracts, the policies say {Outcome} ({Policies})")]
    private partial void LogNotAllowed(Sovereignty.ProcessingOutcome outcome, string policies);

    [LoggerMessage(3001, LogLevel.Warning, "answered with extracts, the model failed ({Cause}): {Detail}")]
    private partial void LogFallenBack(string cause, string detail);
}
