using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Terroir.Access;
using Terroir.Audit;
using Terroir.Energy;
using Terroir.Provenance.Events;
using Terroir.Provenance.Receipts;

namespace Terroir.Answers;

/// <summary>Gives every answer a receipt that is logged before the answer is complete.</summary>
/// <remarks>An answer that cannot be logged is not given. A receipt tells of what was shown to the asker and of nothing
/// else; its salts are random, so its id is too.</remarks>
internal sealed class ReceiptedAnswerer(IAnswerer inner, IReceiptKeeper keeper, EventLog? log = null) : IAnswerer
{
    // What decides today: the permissions of each document. The text stands for the policies in force.
    private static readonly ReceiptDecision Decision = new(
        "allow",
        ContentHash.Of("terroir/policy/v1: show a passage to those whom its document allows and does not deny"u8),
        ["document-permissions"]);

    public string Provider => inner.Provider;

    public async Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await KeepAsync(request, await inner.AskAsync(request, cancellationToken), cancellationToken);
        }
        catch (TerroirException exception)
        {
            await LogAsync(request, exception);
            throw;
        }
    }

    public async IAsyncEnumerable<AnswerEvent> StreamAsync(
        AskRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var steps = inner.StreamAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(request, steps, cancellationToken) is { } step)
        {
            yield return step;
        }
    }

    private async Task<AnswerEvent?> NextAsync(
        AskRequest request,
        IAsyncEnumerator<AnswerEvent> steps,
        CancellationToken cancellationToken)
    {
        try
        {
            return !await steps.MoveNextAsync() ? null
                : steps.Current is AnswerDone done
                    ? new AnswerDone(await KeepAsync(request, done.Answer, cancellationToken))
                : steps.Current;
        }
        catch (TerroirException exception)
        {
            await LogAsync(request, exception);
            throw;
        }
    }

    // Neither what was asked nor why it failed: only that it did, and the code.
    private Task LogAsync(AskRequest request, TerroirException exception) =>
        log?.TryRecordAsync(
            EventKinds.AnswerFailed,
            Principal.User(request.Asker.User),
            subject: null,
            exception.Code) ?? Task.CompletedTask;

    private async Task<Answer> KeepAsync(AskRequest request, Answer answer, CancellationToken cancellationToken)
    {
        var evidence = answer.Evidence ?? throw new UnreachableException("An answer comes with its evidence.");
        var receipt = await keeper.KeepAsync(
            Principal.User(request.Asker.User),
            context => Describe(context, answer, evidence),
            cancellationToken);
        return answer with { Receipt = receipt, Evidence = null };
    }

    private static AnswerFacts Describe(ReceiptContext context, Answer answer, AnswerEvidence evidence)
    {
        var heads = answer.Generations.Where(head => head.Generation > 0).ToList();
        var first = answer.Citations.Count > 0
            ? heads.Find(head => head.Collection == answer.Citations[0].Collection) ?? heads.FirstOrDefault()
            : heads.FirstOrDefault();
        var others = heads.Where(head => head != first)
            .Select(head => new ReceiptOtherCorpus(head.Collection.Value, head.Generation, head.Manifest))
            .ToArray();
        return new AnswerFacts
        {
            Site = context.Site,
            Collection = first?.Collection.Value ?? "",
            Request = context.Request,
            AnsweredAt = context.Time,
            Software = context.Software,
            Question = answer.Question,
            Answer = answer.Text,
            Actor = context.Actor,
            Corpus = first is null ? null : new ReceiptCorpus(first.Generation, first.Manifest),
            OtherCorpora = others.Length == 0 ? null : others,
            Shown = [.. evidence.Passages.Select(hit => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(hit.Text))],
            Citations = [.. answer.Citations.Select(citation => Describe(citation, answer, evidence))],
            Model = evidence.Model?.ToFacts(),
            Decision = evidence.Verdict?.After(Decision) ?? Decision,
            Sentences = [.. Describe(answer, evidence)],
            Energy = evidence.Energy is { } energy
                ? new ReceiptEnergy(
                    ReceiptRules.Modelled,
                    energy.Joules,
                    energy.JoulesMin,
                    energy.JoulesMax,
                    DeclaredPower.Method)
                : ReceiptEnergy.NotMetered,
        };
    }

    private static CitationFacts Describe(Citation citation, Answer answer, AnswerEvidence evidence) => new(
        evidence.PlaceOf(citation),
        citation.Version,
        citation.Hit!.Document.Text.Hash,
        citation.Start,
        Encoding.UTF8.GetBytes(citation.Quote),
        evidence.RankOf(citation),
        citation.Hit.Document.Label,

        // Permissions change with a generation, so its number is that of their state.
        answer.Generations.FirstOrDefault(head => head.Collection == citation.Collection)?.Generation ?? 0);

    private static IEnumerable<ReceiptSentence> Describe(Answer answer, AnswerEvidence evidence)
    {
        if (answer.IsRefused)
        {
            return [new ReceiptSentence(0, Encoding.UTF8.GetByteCount(answer.Text), "not checked", [])];
        }

        return evidence.Sentences.Select(sentence => new ReceiptSentence(
            Encoding.UTF8.GetByteCount(answer.Text.AsSpan(0, sentence.Start)),
            Encoding.UTF8.GetByteCount(answer.Text.AsSpan(sentence.Start, sentence.Length)),
            sentence.IsQuote ? "quoted" : "supported",
            [.. sentence.Citations.Select(number => number - 1)]));
    }
}
