using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Answers.Conversations;
using Terroir.Server.Callers;
using Terroir.Server.Problems;

namespace Terroir.Server.Endpoints;

/// <summary>The HTTP face of <see cref="IAnswerer"/>.</summary>
internal static class AskEndpoints
{
    private const string EventStream = "text/event-stream";

    public static IEndpointRouteBuilder MapAsk(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/ask", AskAsync)
            .RequireAsker(Roles.Reader, KeyScopes.Ask)
            .WithName("Ask")
            .WithTags("Answers")
            .WithSummary("Answers a question from what the caller may read, with checked citations.")
            .WithDescription("With 'Accept: text/event-stream' the answer comes as events: 'text' for each piece, "
                + "then 'answer' with the whole, or 'error' with problem details.")
            .Produces<AnswerResponse>(StatusCodes.Status200OK, "application/json", EventStream)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> AskAsync(
        AskBody body,
        HttpContext context,
        IAnswerer answerer,
        IConversations conversations,
        CancellationToken cancellationToken)
    {
        var request = new AskRequest
        {
            Question = body.Question,
            Asker = context.Asker(),
            Collections = [.. (body.Collections ?? []).Select(name => new CollectionId(name))],
            Language = body.Language ?? "",
            Engine = body.Engine ?? "",
            Conversation = body.Conversation ?? "",
            Purpose = body.Purpose ?? "",
        };
        if (request.Conversation is not ("" or AskRequest.NewConversation)
            && await conversations.FindAsync(request.Asker, request.Conversation, cancellationToken) is null)
        {
            return ConversationEndpoints.NotFound();
        }

        if (context.Request.Headers.Accept.ToString().Contains(EventStream, StringComparison.OrdinalIgnoreCase))
        {
            return TypedResults.ServerSentEvents(StreamAsync(answerer, request, cancellationToken));
        }

        var answer = await answerer.AskAsync(request, cancellationToken);
        return TypedResults.Ok(AnswerResponse.From(answer));
    }

    private static async IAsyncEnumerable<SseItem<object>> StreamAsync(
        IAnswerer answerer,
        AskRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var events = answerer.StreamAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            SseItem<object>? failure = null;
            var hasNext = false;
            try
            {
                hasNext = await events.MoveNextAsync();
            }
            catch (TerroirException exception)
            {
                // The status line has left already, so the error travels as the last event.
                var (status, code, detail) = ProblemWriter.Describe(exception);
                failure = new SseItem<object>(new { status, code, detail }, "error");
            }

            if (failure is { } error)
            {
                yield return error;
                yield break;
            }

            if (!hasNext)
            {
                yield break;
            }

            yield return events.Current switch
            {
                AnswerText text => new SseItem<object>(new { text.Text, Checked = text.IsChecked }, "text"),
                AnswerDone done => new SseItem<object>(AnswerResponse.From(done.Answer), "answer"),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
    }
}
