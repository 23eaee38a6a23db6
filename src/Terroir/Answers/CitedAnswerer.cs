using System.Runtime.CompilerServices;
using System.Text;
using Terroir.Catalog;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>Retrieves, chooses, checks and cites.</summary>
internal sealed class CitedAnswerer(IRetriever retriever, ICatalog catalog) : IAnswerer
{
    /// <summary>How many passages are considered.</summary>
    internal const int PassageCount = 16;

    private const string RefusalFrench = "Je ne trouve pas de réponse dans les documents que vous pouvez lire.";
    private const string RefusalEnglish = "I cannot find an answer in the documents that you may read.";

    public async Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken)
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
        var citations = new List<Citation>();
        foreach (var support in ExtractiveComposer.Choose(request.Question, result.Hits))
        {
            if (await CiteAsync(support, citations.Count + 1, cancellationToken) is { } citation)
            {
                citations.Add(citation);
            }
        }

        return new Answer
        {
            Question = request.Question,
            Text = citations.Count > 0
                ? string.Join(' ', citations.Select(citation => $"{Show(citation.Quote)} [{citation.Number}]"))
                : Refusal(request),
            IsRefused = citations.Count == 0,
            Citations = citations,
            Provider = "extractive",
            Generations = result.Generations,
        };
    }

    public async IAsyncEnumerable<AnswerEvent> StreamAsync(
        AskRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = await AskAsync(request, cancellationToken);
        yield return new AnswerText(answer.Text);
        yield return new AnswerDone(answer);
    }

    // The quote is compared with bytes read anew: nothing that a search returned is trusted on its own.
    private async Task<Citation?> CiteAsync(Support support, int number, CancellationToken cancellationToken)
    {
        var hit = support.Hit;
        var start = hit.Passage.Start + Encoding.UTF8.GetByteCount(hit.Text.AsSpan(0, support.Start));
        var end = start + Encoding.UTF8.GetByteCount(support.Text);
        var live = await catalog.FindDocumentAsync(hit.Collection, hit.Document.Id, cancellationToken);
        if (live is null || live.Version != hit.Document.Version)
        {
            return null;
        }

        var text = await catalog.ReadBlobAsync(live.Text, cancellationToken);
        var isExact = end <= text.Length
            && text.Span[start..end].SequenceEqual(Encoding.UTF8.GetBytes(support.Text));
        return isExact
            ? new Citation(
                number,
                hit.Collection,
                live.Id,
                live.Version,
                live.Title,
                live.Path,
                hit.Passage.Ordinal,
                start,
                end,
                support.Text,
                hit.Passage.PlaceOf(start))
            : null;
    }

    // A row is shown as its cells; the quote keeps the bytes.
    private static string Show(string quote) => quote.StartsWith('|')
        ? string.Join(" – ", quote.Trim('|', ' ').Split(" | ").Where(cell => cell.Trim().Length > 0))
        : quote.TrimStart('-', ' ');

    private static string Refusal(AskRequest request)
    {
        var isEnglish = request.Language.Length > 0
            ? request.Language is "en"
            : request.Question.Split(' ')[0].ToLowerInvariant() is "how" or "what" or "when" or "where" or "which"
                or "who" or "why" or "is" or "are" or "does" or "do" or "can";
        return isEnglish ? RefusalEnglish : RefusalFrench;
    }
}
