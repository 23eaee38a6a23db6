using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Terroir.Catalog;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>Retrieves passages, lets a composer write from them, and shows what the check leaves.</summary>
internal sealed class CitedAnswerer(IRetriever retriever, IComposer composer, ICatalog catalog) : IAnswerer
{
    /// <summary>How many passages are considered.</summary>
    internal const int PassageCount = 16;

    private readonly CitationCheck _check = new(catalog);

    public string Provider => composer.Provider;

    public async Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken)
    {
        await foreach (var step in StreamAsync(request, cancellationToken))
        {
            if (step is AnswerDone done)
            {
                return done.Answer;
            }
        }

        throw new UnreachableException("An answer ends with the whole.");
    }

    public async IAsyncEnumerable<AnswerEvent> StreamAsync(
        AskRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var result = await retriever.SearchAsync(
            new SearchRequest
            {
                Query = request.Question,
                Asker = request.Asker,
                Collections = request.Collections,
                Count = PassageCount,
            },
            cancellationToken);
        var hasText = false;
        await foreach (var step in composer.ComposeAsync(request, result, cancellationToken))
        {
            if (step is DraftText text)
            {
                hasText = true;
                yield return new AnswerText(text.Text) { IsChecked = false };
            }
            else if (step is DraftDone done)
            {
                var answer = await FinishAsync(request, done.Draft, cancellationToken) with
                {
                    Generations = result.Generations,
                };
                if (!hasText)
                {
                    yield return new AnswerText(answer.Text);
                }

                yield return new AnswerDone(answer);
            }
        }
    }

    private async Task<Answer> FinishAsync(AskRequest request, Draft draft, CancellationToken cancellationToken)
    {
        var citations = new List<Citation>();
        var text = new StringBuilder();
        foreach (var statement in draft.Statements)
        {
            if (await CheckAsync(statement, citations, request, cancellationToken) is not { } cited)
            {
                continue;
            }

            var separator = text.Length == 0 ? "" : statement.StartsLine ? "\n" : " ";
            text.Append(separator).Append(statement.Text).Append(' ');
            foreach (var citation in cited)
            {
                text.Append('[').Append(citation.Number).Append(']');
            }

            citations.AddRange(cited.Where(citation => citation.Number > citations.Count));
        }

        return new Answer
        {
            Question = request.Question,
            Text = citations.Count > 0 ? text.ToString() : AnswerWords.For(request).Refusal,
            IsRefused = citations.Count == 0,
            Citations = citations,
            Provider = draft.Provider,
            Notices = draft.Notices,
        };
    }

    // A statement stands while all that supports it does. A span that was cited before keeps its number.
    private async Task<IReadOnlyList<Citation>?> CheckAsync(
        Statement statement,
        List<Citation> known,
        AskRequest request,
        CancellationToken cancellationToken)
    {
        var cited = new List<Citation>();
        foreach (var support in statement.Supports)
        {
            var number = known.Count + 1 + cited.Count(citation => citation.Number > known.Count);
            if (await _check.CheckAsync(support, number, request.Asker, cancellationToken) is not { } citation)
            {
                return null;
            }

            cited.Add(known.Concat(cited).FirstOrDefault(other => IsSame(other, citation)) ?? citation);
        }

        return cited.Count > 0 ? [.. cited.Distinct()] : null;
    }

    private static bool IsSame(Citation one, Citation other) =>
        one.Collection == other.Collection
        && one.Document == other.Document
        && one.Start == other.Start
        && one.End == other.End;
}
