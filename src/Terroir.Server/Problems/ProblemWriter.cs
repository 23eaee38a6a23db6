using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace Terroir.Server.Problems;

/// <summary>Turns errors into responses. No other code knows both errors and HTTP.</summary>
internal sealed partial class ProblemWriter(ILogger<ProblemWriter> logger) : IExceptionHandler
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

        await ProblemResponse.WriteAsync(httpContext, status, detail, code);
        return true;
    }

    /// <summary>Maps an error to a status, a code and a sentence; without a code that of the status holds.</summary>
    internal static (int Status, string? Code, string Detail) Describe(Exception exception) => exception switch
    {
        TerroirException { IsTransient: true } error =>
            (StatusCodes.Status503ServiceUnavailable, error.Code, error.Message),
        QueryTooLongException error => (StatusCodes.Status400BadRequest, error.Code, error.Message),
        TerroirException error => (StatusCodes.Status500InternalServerError, error.Code, error.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            (StatusCodes.Status413PayloadTooLarge, null, ServerLimits.BodyTooLarge),
        BadHttpRequestException { InnerException: JsonException json } error =>
            (error.StatusCode, null, DescribeJson(json)),
        BadHttpRequestException error => (error.StatusCode, null, error.Message),
        _ => (
            StatusCodes.Status500InternalServerError,
            "internal",
            "Something went wrong. The log of the site says more."),
    };

    /// <summary>Says where a body is wrong, and nothing of what it holds.</summary>
    private static string DescribeJson(JsonException fault)
    {
        var line = (fault.LineNumber ?? 0) + 1;
        var column = (fault.BytePositionInLine ?? 0) + 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The body is not the JSON that is expected here: see line {line}, byte {column}. ")
            + "'/openapi/v1.json' describes it.";
    }

    [LoggerMessage(6001, LogLevel.Error, "request failed with {Code}: {Detail}")]
    private partial void LogFailed(Exception? exception, string? code, string detail);
}
