using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Terroir.Answers.Contradictions;
using Terroir.Answers.Conversations;
using Terroir.Catalog;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>Retrieves passages, lets a composer write from them, and shows what the check leaves.</summary>
/// <remarks>A document that is gone, changed, revoked or damaged by the time of the check is left out, and extracts
/// are chosen again from the rest. Only damage is told: what may no longer be read is no more than absent.</remarks>
internal sealed class CitedAnswerer(
    IRetriever retriever,
    IComposer composer,
    ICatalog catalog,
    ILogger<CitedAnswerer>? logger = null,
    TimeProvider? timeProvider = null) : IAnswerer
{
    /// <summary>How many passages are considered.</summary>
    internal const int PassageCount = 16;

    /// <summary>How often extracts are chosen while documents drop out.</summary>
    internal const int AttemptCountMax = 3;

    private readonly CitationCheck _check = new(catalog);
    private readonly ContradictionNotices _contradictions = new(catalog);

    private DateOnly Today => DateOnly.FromDateTime((timeProvider ?? TimeProvider.System).GetLocalNow().DateTime);

    public string Provider => composer.Provider;

    public Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken) =>
        StreamAsync(request, cancellationToken).ReadAnswerAsync();

    public async IAsyncEnumerable<AnswerEvent> StreamAsync(
        AskRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var result = await SearchAsync(request, ImmutableHashSet<(CollectionId, DocumentId)>.Empty, cancellationToken);
        var lost = new LostDocuments(result.Damaged, logger);
        var hasText = false;
        for (var attempt = 1; ; attempt++)
        {
            Draft? draft = null;
            await foreach (var step in composer.ComposeAsync(request, lost.LeaveOut(result), cancellationToken))
            {
                draft = (step as DraftDone)?.Draft ?? draft;
                if (step is DraftText text)
                {
                    hasText = true;
                    yield return new AnswerText(text.Text) { IsChecked = false };
                }
            }

            var count = lost.Count;
            draft = KeepIfAsked(request, draft!, result.Statistics);
            var answer = await FinishAsync(request, draft, lost, cancellationToken);

            // A model is not asked twice: its words were streamed.
            if (lost.Count == count || hasText || attempt == AttemptCountMax)
            {
                answer = await _contradictions.AddAsync(
                    answer with { Generations = result.Generations },
                    draft,
                    request,
                    lost.LeaveOut(result),
                    cancellationToken);
                answer = answer with { Evidence = answer.Evidence!.Seeing(answer.Citations, result.Hits) };
                if (!hasText)
                {
                    yield return new AnswerText(answer.Text);
                }

                yield return new AnswerDone(answer);
                yield break;
            }

            // Where one that stood for its copies dropped out, another of them takes its place.
            if (lost.HaveCopies)
            {
                result = await SearchAsync(request, lost.All, cancellationToken);
                lost.Add(result.Damaged);
            }
        }
    }

    // Words that are carried on from an earlier question find what that one found: what is quoted must be about what
    // was asked now.
    private static Draft KeepIfAsked(AskRequest request, Draft draft, TermStatistics statistics) =>
        request.Asked.Length == 0
        || !StandaloneQuery.HasWords(request.Asked)
        || QuestionFit.Holds(
            request.Asked,
            [.. draft.Statements.SelectMany(statement => statement.Supports)],
            statistics)
            ? draft
            : draft with { Statements = [], Notices = [] };

    private Task<SearchResult> SearchAsync(
        AskRequest request,
        IReadOnlySet<(CollectionId, DocumentId)> leftOut,
        CancellationToken cancellationToken) => retriever.SearchAsync(
            new SearchRequest
            {
                Query = request.Question,
                Asker = request.Asker,
                Collections = request.Collections,
                Count = PassageCount,

                // Fewer of one document made 5 of 535 answers worse on servicepublic-fr.
                PerDocument = PassageCount,
                LeavesOutDamaged = true,
                Today = Today,
                LeftOut = leftOut,
            },
            cancellationToken);

    private async Task<Answer> FinishAsync(
        AskRequest request,
        Draft draft,
        LostDocuments lost,
        CancellationToken cancellationToken)
    {
        var citations = new List<Citation>();
        var sentences = new List<CheckedSentence>();
        var text = new StringBuilder();
        foreach (var statement in draft.Statements)
        {
            if (await CheckAsync(statement, citations, request, lost, cancellationToken) is not { } cited)
            {
                continue;
            }

            var separator = text.Length == 0 ? "" : statement.StartsLine ? "\n" : " ";
            text.Append(separator);
            sentences.Add(CheckedSentence.Of(text.Length, statement, cited));
            text.Append(statement.Text).Append(' ');
            foreach (var citation in cited)
            {
                text.Append('[').Append(citation.Number).Append(']');
            }

            citations.AddRange(cited.Where(citation => citation.Number > citations.Count));
        }

        var words = AnswerWords.For(request);
        return new Answer
        {
            Question = request.Question,
            Text = citations.Count > 0 ? text.ToString() : words.Refusal,
            IsRefused = citations.Count == 0,
            Citations = citations,
            Provider = draft.Provider,
            Evidence = new AnswerEvidence(draft.Shown, draft.Model, sentences)
            {
                Verdict = draft.Verdict,
                Energy = draft.Energy,
            },
            Notices =
            [
                .. draft.Notices,
                .. ValidityNotices.Of(citations, words, Today),
                .. lost.HasDamage ? [words.Damaged] : Array.Empty<string>(),
            ],
        };
    }

    // A statement stands while all that supports it does, or one of its alternatives. A span that was cited before
    // keeps its number.
    private async Task<IReadOnlyList<Citation>?> CheckAsync(
        Statement statement,
        List<Citation> known,
        AskRequest request,
        LostDocuments lost,
        CancellationToken cancellationToken)
    {
        var cited = new List<Citation>();
        foreach (var support in statement.Supports)
        {
            var number = known.Count + 1 + cited.Count(citation => citation.Number > known.Count);
            if (await CheckAsync(support, number, request, lost, cancellationToken) is { } citation)
            {
                cited.Add(known.Concat(cited).FirstOrDefault(other => IsSame(other, citation)) ?? citation);
            }
            else if (!statement.AreAlternatives)
            {
                return null;
            }
        }

        return cited.Count > 0 ? [.. cited.Distinct()] : null;
    }

    private async Task<Citation?> CheckAsync(
        Support support,
        int number,
        AskRequest request,
        LostDocuments lost,
        CancellationToken cancellationToken)
    {
        var code = "";
        try
        {
            if (await _check.CheckAsync(support, number, request.Asker, cancellationToken) is { } citation)
            {
                return citation;
            }
        }
        catch (TerroirException exception) when (exception is BlobCorruptException or BlobMissingException)
        {
            code = exception.Code;
        }

        lost.Add(support.Hit, code);
        return null;
    }

    private static bool IsSame(Citation one, Citation other) =>
        one.Collection == other.Collection
        && one.Document == other.Document
        && one.Start == other.Start
        && one.End == other.End;
}
