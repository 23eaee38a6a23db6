using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Terroir.Server.Problems;

/// <summary>Turns errors into problem details (RFC 9457), and under <c>/v1</c> into errors of the OpenAI shape. No
/// other code knows both errors and HTTP.</summary>
internal sealed partial class ProblemWriter(IProblemDetailsService problems, ILogger<ProblemWriter> logger)
    : IExceptionHandler
{
    private const int RetrySeconds = 5;

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var (status, code, detail) = Describe(exception);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            // A known error says all in its code and sentence; only a bug needs its stack.
            LogFailed(exception is TerroirException ? null : exception, code, detail);
        }

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = $"{RetrySeconds}";
        }

        httpContext.Response.StatusCode = status;
        if (OpenAiError.IsFor(httpContext))
        {
            await OpenAiError.Create(status, detail, code).ExecuteAsync(httpContext);
            return true;
        }

        var details = new ProblemDetails { Status = status, Detail = detail };
        details.Extensions["code"] = code;
        return await problems.TryWriteAsync(
            new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = details });
    }

    /// <summary>Maps an error to a status, a code and a sentence.</summary>
    internal static (int Status, string Code, string Detail) Describe(Exception exception) => exception switch
    {
        TerroirException { IsTransient: true } error =>
            (StatusCodes.Status503ServiceUnavailable, error.Code, error.Message),
        QueryTooLongException error => (StatusCodes.Status400BadRequest, error.Code, error.Message),
        TerroirException error => (StatusCodes.Status500InternalServerError, error.Code, error.Message),
        BadHttpRequestException error => (error.StatusCode, "bad_request", error.Message),
        _ => (
            StatusCodes.Status500InternalServerError,
            "internal",
            "Something went wrong. The log of the site says more."),
    };

    [LoggerMessage(6001, LogLevel.Error, "request failed with {Code}: {Detail}")]
    private partial void LogFailed(Exception? exception, string code, string detail);
}
