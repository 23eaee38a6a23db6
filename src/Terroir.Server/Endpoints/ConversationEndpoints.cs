using Microsoft.AspNetCore.Http.HttpResults;
using Terroir.Access;
using Terroir.Answers.Conversations;
using Terroir.Server.Callers;

namespace Terroir.Server.Endpoints;

/// <summary>The HTTP face of <see cref="IConversations"/>.</summary>
internal static class ConversationEndpoints
{
    public static IEndpointRouteBuilder MapConversations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/conversations")
            .RequireAsker(Roles.Reader, KeyScopes.Ask)
            .WithTags("Answers")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        group.MapGet("", List)
            .WithName("ListConversations")
            .WithSummary("Lists the conversations of the caller, the latest first.");
        group.MapGet("/{id}", ReadAsync)
            .WithName("ReadConversation")
            .WithSummary("Reads a conversation of the caller.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id}", Delete)
            .WithName("DeleteConversation")
            .WithSummary("Deletes a conversation of the caller for good.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        return routes;
    }

    /// <summary>The one answer for a conversation that is absent, of somebody else or misspelt.</summary>
    public static ProblemHttpResult NotFound() => TypedResults.Problem(
        "You have no such conversation.",
        statusCode: StatusCodes.Status404NotFound);

    private static Ok<ConversationList> List(HttpContext context, IConversations conversations) =>
        TypedResults.Ok(new ConversationList(
            [.. conversations.List(context.Asker()).Select(ConversationLine.From)]));

    private static async Task<Results<Ok<ConversationResponse>, ProblemHttpResult>> ReadAsync(
        string id,
        HttpContext context,
        IConversations conversations,
        CancellationToken cancellationToken) =>
        await conversations.FindAsync(context.Asker(), id, cancellationToken) is { } conversation
            ? TypedResults.Ok(ConversationResponse.From(conversation))
            : NotFound();

    private static Results<NoContent, ProblemHttpResult> Delete(
        string id,
        HttpContext context,
        IConversations conversations) =>
        conversations.Delete(context.Asker(), id) ? TypedResults.NoContent() : NotFound();
}
