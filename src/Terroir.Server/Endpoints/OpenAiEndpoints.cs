using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Retrieval;
using Terroir.Server.Callers;
using Terroir.Server.Problems;
using Terroir.Web;

namespace Terroir.Server.Endpoints;

/// <summary>The site as a model, for clients that speak the OpenAI API.</summary>
internal static class OpenAiEndpoints
{
    private const string Model = "terroir";

    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static IEndpointRouteBuilder MapOpenAi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1")
            .RequireAsker(Roles.Reader, KeyScopes.Ask)
            .WithTags("OpenAI-compatible");
        group.MapGet("/models", List).WithName("ListModels").WithSummary("Lists the models that can be asked.");
        group.MapPost("/chat/completions", CompleteAsync)
            .WithName("CompleteChat")
            .WithSummary("Answers the user's last message from what the caller may read, with citations.")
            .Produces<ChatCompletion>(StatusCodes.Status200OK, "application/json", "text/event-stream")
            .Produces<OpenAiError>(StatusCodes.Status400BadRequest)
            .Produces<OpenAiError>(StatusCodes.Status401Unauthorized)
            .Produces<OpenAiError>(StatusCodes.Status404NotFound);
        return routes;
    }

    private static JsonHttpResult<ModelList> List(IAnswerer answerer) =>
        TypedResults.Json(new ModelList("list", [new ModelEntry(Model, "model", 0, Model, answerer.Provider)]), Wire);

    private static async Task<IResult> CompleteAsync(
        ChatBody body,
        HttpContext context,
        IAnswerer answerer,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var question = body.Messages?
            .LastOrDefault(message => string.Equals(message.Role, "user", StringComparison.Ordinal))?.ReadText() ?? "";
        if (question.Length is 0 or > SearchRequest.QueryLengthMax)
        {
            return OpenAiError.Create(
                StatusCodes.Status400BadRequest,
                $"The last message of role 'user' must have 1 to {SearchRequest.QueryLengthMax} characters of text.",
                "invalid_question",
                "messages");
        }

        if (body.Model is { Length: > 0 } model && !string.Equals(model, Model, StringComparison.Ordinal))
        {
            return OpenAiError.Create(
                StatusCodes.Status404NotFound,
                $"There is no such model here. Ask '{Model}'.",
                "model_not_found",
                "model");
        }

        if (!ChatAnswer.TryCreate(body.ResponseFormat, out var writer))
        {
            return OpenAiError.Create(
                StatusCodes.Status400BadRequest,
                "Answers are written as 'text' or as 'json_object', an object with the fields answer, refused, "
                + "citations and notices. No other form could be held to what the documents say.",
                "response_format_unsupported",
                "response_format");
        }

        var request = new AskRequest { Question = question, Asker = context.Asker() };
        var head = new ChatCompletion(
            $"chatcmpl-{context.TraceIdentifier}",
            "chat.completion",
            timeProvider.GetUtcNow().ToUnixTimeSeconds(),
            Model,
            [],
            Citations: null);
        return body.Stream is true
            ? TypedResults.ServerSentEvents(StreamAsync(answerer, request, head, writer, cancellationToken))
            : TypedResults.Json(Complete(head, await answerer.AskAsync(request, cancellationToken), writer), Wire);
    }

    private static ChatCompletion Complete(ChatCompletion head, Answer answer, ChatAnswer writer) => head with
    {
        Choices = [new ChatChoice(0, new ChatText("assistant", writer.Write(answer)), Delta: null, "stop")],
        Citations = [.. answer.Citations.Select(CitationResponse.From)],
        Usage = new ChatUsage(0, 0, 0),
        Provider = answer.Provider,
        Receipt = ReceiptLink.Of(answer),
        Notices = answer.Notices,
    };

    /// <summary>Sends the answer in pieces once it is checked: a client of this API cannot take back a text.</summary>
    private static async IAsyncEnumerable<SseItem<string>> StreamAsync(
        IAnswerer answerer,
        AskRequest request,
        ChatCompletion head,
        ChatAnswer writer,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunk = head with { Kind = "chat.completion.chunk" };
        yield return Piece(chunk, new ChatText("assistant", ""));

        Answer? answer = null;
        OpenAiError? error = null;
        try
        {
            answer = await answerer.AskAsync(request, cancellationToken);
        }
        catch (TerroirException exception)
        {
            var (_, code, detail) = ProblemWriter.Describe(exception);
            error = new OpenAiError(new OpenAiErrorBody(detail, "server_error", Param: null, code));
        }

        if (answer is null)
        {
            yield return new SseItem<string>(JsonSerializer.Serialize(error, Wire));
            yield break;
        }

        foreach (var piece in ChatAnswer.Split(writer.Write(answer)))
        {
            yield return Piece(chunk, new ChatText(Role: null, piece));
        }

        yield return new SseItem<string>(JsonSerializer.Serialize(
            chunk with
            {
                Choices = [new ChatChoice(0, Message: null, new ChatText(Role: null, Content: null), "stop")],
                Citations = [.. answer.Citations.Select(CitationResponse.From)],
                Provider = answer.Provider,
                Receipt = ReceiptLink.Of(answer),
                Notices = answer.Notices,
            },
            Wire));
        yield return new SseItem<string>("[DONE]");
    }

    private static SseItem<string> Piece(ChatCompletion chunk, ChatText text) =>
        new(JsonSerializer.Serialize(
            chunk with { Choices = [new ChatChoice(0, Message: null, text, FinishReason: null)] },
            Wire));
}
