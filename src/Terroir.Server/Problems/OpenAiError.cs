namespace Terroir.Server.Problems;

/// <summary>An error in the shape that clients of the OpenAI API expect under <c>/v1</c>.</summary>
/// <param name="Error">The error.</param>
public sealed record OpenAiError(OpenAiErrorBody Error)
{
    /// <summary>Whether a request is one of the OpenAI-compatible API.</summary>
    internal static bool IsFor(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal);

    /// <summary>Makes a response of an error.</summary>
    internal static IResult Create(int status, string message, string? code = null, string? parameter = null) =>
        TypedResults.Json(
            new OpenAiError(new OpenAiErrorBody(message, TypeOf(status), parameter, code)),
            statusCode: status);

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        < StatusCodes.Status500InternalServerError => "invalid_request_error",
        _ => "server_error",
    };
}

/// <summary>What <see cref="OpenAiError"/> holds.</summary>
/// <param name="Message">A sentence for people.</param>
/// <param name="Type">The kind of error.</param>
/// <param name="Param">The faulty parameter.</param>
/// <param name="Code">A stable code.</param>
public sealed record OpenAiErrorBody(string Message, string Type, string? Param, string? Code);
