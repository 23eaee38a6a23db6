using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Terroir.Server.Scim;

namespace Terroir.Server.Problems;

/// <summary>Writes an error as problem details (RFC 9457), under <c>/v1</c> in the OpenAI shape, under <c>/scim</c> in
/// that of SCIM, and for a browser as a page.</summary>
internal static class ProblemResponse
{
    private const string CodeName = "code";

    /// <summary>Writes an error as the whole response.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="detail">A sentence that says what to do.</param>
    /// <param name="code">A stable code; else that of the status, such as <c>not_found</c>.</param>
    public static async Task WriteAsync(HttpContext context, int status, string? detail, string? code = null)
    {
        context.Response.StatusCode = status;
        code ??= CodeOf(status);
        if (OpenAiError.IsFor(context))
        {
            await OpenAiError.Create(status, detail ?? ReasonPhrases.GetReasonPhrase(status), code)
                .ExecuteAsync(context);
            return;
        }

        if (ScimError.IsFor(context))
        {
            await ScimError.Create(status, detail ?? ReasonPhrases.GetReasonPhrase(status)).ExecuteAsync(context);
            return;
        }

        if (ErrorPage.IsFor(context))
        {
            await ErrorPage.Create(context, status, code).ExecuteAsync(context);
            return;
        }

        // Written for whatever a client accepts: an error that it cannot read is still better than none.
        var details = new ProblemDetails { Status = status, Detail = detail };
        details.Extensions[CodeName] = code;
        var problem = new ProblemDetailsContext { HttpContext = context, ProblemDetails = details };
        if (!await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(problem))
        {
            await TypedResults.Problem(details).ExecuteAsync(context);
        }
    }

    /// <summary>Writes the error of a response that has a status and nothing else.</summary>
    public static Task WriteStatusAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        return WriteAsync(context, status, Explain(status));
    }

    /// <summary>Gives every problem a code, and names faulty members as the caller wrote them.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var details = context.ProblemDetails;
        details.Extensions.TryAdd(
            CodeName,
            CodeOf(details.Status ?? context.HttpContext.Response.StatusCode));
        if (details is HttpValidationProblemDetails validation)
        {
            validation.Errors = validation.Errors.ToDictionary(
                pair => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(pair.Key),
                pair => pair.Value,
                StringComparer.Ordinal);
        }
    }

    private static string? Explain(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address. '/openapi/v1.json' lists what there is.",
        StatusCodes.Status405MethodNotAllowed => "This address is asked with another method: see the header 'Allow'.",
        StatusCodes.Status413PayloadTooLarge => ServerLimits.BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType =>
            "Send a body with the 'Content-Type' that '/openapi/v1.json' says: 'application/json', but for documents.",
        _ => null,
    };

    private static string CodeOf(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase
        ? phrase.ToLowerInvariant().Replace(' ', '_')
        : "error";
}
