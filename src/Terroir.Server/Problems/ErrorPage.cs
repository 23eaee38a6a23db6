using Terroir.Server.Callers;
using Terroir.Server.Endpoints;

namespace Terroir.Server.Problems;

/// <summary>An error as a page, for a person with a browser.</summary>
internal static class ErrorPage
{
    private static readonly PathString[] Interfaces = ["/api", "/v1", "/openapi", "/healthz", "/readyz"];

    /// <summary>Whether a request comes from a person who looks at pages.</summary>
    public static bool IsFor(HttpContext context) =>
        !Array.Exists(Interfaces, path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal))
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes the page of an error.</summary>
    public static IResult Create(HttpContext context, int status, string code)
    {
        var frame = ConsolePages.Frame(context);
        var (title, text) = status switch
        {
            StatusCodes.Status403Forbidden => OpensFor(context).HasFlag(Roles.Reader)
                ? (frame.Text.ReadersOnlyTitle, frame.Text.ReadersOnlyText)
                : (frame.Text.OperatorsOnlyTitle, frame.Text.OperatorsOnlyText),
            StatusCodes.Status404NotFound => (frame.Text.NotFoundTitle, frame.Text.NothingHereText),
            StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable =>
                (frame.Text.BusyTitle, frame.Text.BusyText),
            _ => (frame.Text.FailedTitle, $"{frame.Text.FailedText} {code}"),
        };
        return ConsolePages.Notice(frame, status, title, text);
    }

    private static Roles OpensFor(HttpContext context) =>
        context.GetEndpoint() is { } endpoint && CallerGate.RuleOf(endpoint) is { } rule ? rule.Roles : Roles.Any;
}
