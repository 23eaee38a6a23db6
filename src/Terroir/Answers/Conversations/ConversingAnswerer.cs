using System.Runtime.CompilerServices;
using Terroir.Energy;

namespace Terroir.Answers.Conversations;

/// <summary>Answers questions of conversations: a question that leans on the one before is made to stand alone, and the
/// turn is durable before the answer is complete.</summary>
internal sealed class ConversingAnswerer(
    IAnswerer inner,
    ConversationBook book,
    TimeProvider timeProvider,
    FollowUpRewriter? rewriter = null) : IAnswerer
{
    public string Provider => inner.Provider;

    public Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken) =>
        StreamAsync(request, cancellationToken).ReadAnswerAsync();

    public async IAsyncEnumerable<AnswerEvent> StreamAsync(
        AskRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = request.Conversation switch
        {
            AskRequest.NewConversation => ConversationBook.CreateId(),
            var known => known,
        };
        var energy = new EnergyCount();
        var query = await CompleteAsync(request, id, energy, cancellationToken);
        var alone = request with
        {
            Question = query,
            Asked = string.Equals(query, request.Question, StringComparison.Ordinal) ? "" : request.Question,
            Energy = energy,
        };
        await foreach (var step in inner.StreamAsync(alone, cancellationToken))
        {
            yield return id.Length > 0 && step is AnswerDone done
                ? new AnswerDone(Keep(request, id, query, done.Answer))
                : step;
        }
    }

    // By the model in use, if what it writes holds; else by rules.
    private async Task<string> CompleteAsync(
        AskRequest request,
        string id,
        EnergyCount energy,
        CancellationToken cancellationToken)
    {
        if (id.Length == 0 || book.ReadTurns(request.Asker, id) is not [.., var last] turns)
        {
            return request.Question;
        }

        return (rewriter is null
                ? null
                : await rewriter.RewriteAsync(
                    request,
                    [.. turns.Select(turn => turn.Query)],
                    energy,
                    cancellationToken))
            ?? StandaloneQuery.Of(request.Question, last.Query);
    }

    private Answer Keep(AskRequest request, string id, string query, Answer answer)
    {
        book.Add(
            request.Asker,
            id,
            new ConversationTurn(
                timeProvider.GetUtcNow(),
                request.Question,
                query,
                answer.Text,
                answer.IsRefused,
                [
                    .. answer.Citations
                        .GroupBy(citation => (citation.Collection, citation.Document, citation.Version))
                        .Select(document => new CitedDocument(
                            document.Key.Collection,
                            document.Key.Document,
                            document.Key.Version)
                        {
                            Spans =
                            [
                                .. document.Select(item => new CitedSpan(item.Number, item.Start, item.End)),
                            ],
                        }),
                ],
                answer.Receipt));
        return answer with { Conversation = id };
    }
}
