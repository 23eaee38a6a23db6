using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Server.Callers;
using Terroir.Web;
using Terroir.Web.Pages;

namespace Terroir.Server.Endpoints;

/// <summary>The pages of the console. They work without JavaScript and change nothing, so all are plain GETs.</summary>
internal static class ConsoleEndpoints
{
    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription().RecogniseCaller();
        pages.MapGet("/", AskAsync);
        pages.MapGet("/documents/{id}", ReadAsync);
        pages.MapGet("/sources", ReadStatusAsync);
        routes.MapGet(ConsoleAssets.StylesheetPath, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=3600";
            return TypedResults.Bytes(ConsoleAssets.Stylesheet, "text/css; charset=utf-8");
        }).ExcludeFromDescription();
        return routes;
    }

    private static async Task<IResult> AskAsync(
        HttpContext context,
        CallerResolver callers,
        IDirectory directory,
        IAnswerer answerer,
        string? question,
        CancellationToken cancellationToken)
    {
        var frame = Frame(context, callers, directory);
        if (context.Caller() is not { } caller)
        {
            return Notice(frame, StatusCodes.Status401Unauthorized, frame.Text.SignInTitle, frame.Text.SignInText);
        }

        var trimmed = (question ?? "").Trim();
        var problem = trimmed.Length > Retrieval.SearchRequest.QueryLengthMax ? frame.Text.QuestionTooLong
            : trimmed.Length > 0 && caller.Asker is null ? frame.Text.ChoosePerson
            : null;
        var answer = trimmed.Length > 0 && problem is null
            ? await answerer.AskAsync(
                new AskRequest { Question = trimmed, Asker = caller.Asker!, Language = frame.Text.Language },
                cancellationToken)
            : null;
        return Page<AskPage>(
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
            new(StringComparer.Ordinal)
            {
                ["Frame"] = frame,
                ["Question"] = trimmed,
                ["Answer"] = answer,
                ["Problem"] = problem,
            });
    }

    private static async Task<IResult> ReadAsync(
        HttpContext context,
        CallerResolver callers,
        IDirectory directory,
        ReadableDocuments documents,
        string id,
        string? start,
        string? end,
        CancellationToken cancellationToken)
    {
        var frame = Frame(context, callers, directory);
        if (context.Caller()?.Asker is not { } asker)
        {
            return Notice(frame, StatusCodes.Status401Unauthorized, frame.Text.SignInTitle, frame.Text.SignInText);
        }

        if (await documents.FindAsync(id, asker, cancellationToken) is not { } document)
        {
            return Notice(frame, StatusCodes.Status404NotFound, frame.Text.NotFoundTitle, frame.Text.NotFoundText);
        }

        var text = await documents.ReadTextAsync(document, cancellationToken);
        return Page<DocumentPage>(StatusCodes.Status200OK, new(StringComparer.Ordinal)
        {
            ["Frame"] = frame,
            ["Document"] = document.Version,
            ["Text"] = CitedText.Cut(text, Number(start), Number(end)),
        });
    }

    private static async Task<IResult> ReadStatusAsync(
        HttpContext context,
        CallerResolver callers,
        IDirectory directory,
        SiteStatusReader reader,
        CancellationToken cancellationToken)
    {
        var frame = Frame(context, callers, directory);
        if (context.Caller() is not { IsOperator: true })
        {
            return Notice(
                frame,
                StatusCodes.Status403Forbidden,
                frame.Text.OperatorsOnlyTitle,
                frame.Text.OperatorsOnlyText);
        }

        var status = await reader.ReadAsync(cancellationToken);
        return Page<SourcesPage>(StatusCodes.Status200OK, new(StringComparer.Ordinal)
        {
            ["Frame"] = frame,
            ["Sources"] = status.Sources
                .Select(source => new SourceLine(source.Name, source.Location, source.SyncedAt, source.HeldReason))
                .ToList(),
            ["Collections"] = status.Collections
                .Select(collection => new CollectionLine(
                    collection.Name,
                    collection.Documents,
                    collection.Passages,
                    collection.Generation))
                .ToList(),
            ["Quarantine"] = status.Quarantine
                .Select(file => new QuarantineLine($"{file.Source}: {file.Path}", $"{file.Reason}", file.Advice))
                .ToList(),
        });
    }

    private static PageFrame Frame(HttpContext context, CallerResolver callers, IDirectory directory)
    {
        var language = context.Request.Query["lang"].ToString();
        var text = ConsoleText.For(language.Length > 0 ? language : context.Request.Headers.AcceptLanguage.ToString());
        var isDemo = callers.IsDemo(context);
        return new PageFrame(
            text,
            language.Length > 0 ? text.Language : "",
            isDemo ? [.. directory.Users.Select(user => new PersonLine(user.Id, user.Name, user.Title))] : [],
            isDemo ? context.Request.Query["as"].ToString() : "");
    }

    private static int? Number(string? text) =>
        int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private static RazorComponentResult<NoticePage> Notice(PageFrame frame, int status, string title, string text) =>
        Page<NoticePage>(status, new(StringComparer.Ordinal) { ["Frame"] = frame, ["Title"] = title, ["Text"] = text });

    private static RazorComponentResult<TPage> Page<TPage>(int status, Dictionary<string, object?> parameters)
        where TPage : IComponent =>
        new(parameters) { StatusCode = status, ContentType = "text/html; charset=utf-8" };
}
