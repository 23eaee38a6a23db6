using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Terroir.Answers;

namespace Terroir.Server.Endpoints;

/// <summary>The HTTP face of <see cref="IAnswerer"/>.</summary>
internal static class AnswersEndpoints
{
    public static IEndpointRouteBuilder MapAnswers(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/ask", AskAsync).WithName("Ask")
            .WithSummary("Answers a question from what the caller may read.");
        return routes;
    }

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> AskAsync(
        AskBody body,
        IAnswerer answerer,
        Callers callers,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (callers.Find(context, body.As) is not { } asker)
        {
            return Callers.Refuse();
        }

        var request = new AskRequest { Question = body.Question, Asker = asker, Language = body.Language ?? "" };
        return TypedResults.Ok(await answerer.AskAsync(request, cancellationToken));
    }
}

/// <summary>The body of <c>POST /api/ask</c>.</summary>
/// <param name="Question">The question; 1 to 4,000 characters.</param>
/// <param name="As">Who asks, in demo mode only.</param>
/// <param name="Language">The language of our own sentences: <c>fr</c> or <c>en</c>.</param>
public sealed record AskBody(
    [Required, StringLength(4_000, MinimumLength = 1)] string Question,
    string? As = null,
    string? Language = null);
