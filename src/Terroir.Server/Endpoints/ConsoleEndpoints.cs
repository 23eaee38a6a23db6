using System.Globalization;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Ingestion.Quality;
using Terroir.Models;
using Terroir.Server.Callers;
using Terroir.Storage;
using Terroir.Web;
using Terroir.Web.Pages;

namespace Terroir.Server.Endpoints;

/// <summary>The pages of the console. They work without JavaScript. All that only read are plain GETs.</summary>
internal static class ConsoleEndpoints
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapMethods("/", ReadMethods, AskAsync).RecogniseCaller(Roles.Reader, KeyScopes.Ask);
        pages.MapMethods("/search", ReadMethods, ConsoleSearch.SearchAsync)
            .RecogniseCaller(Roles.Reader, KeyScopes.Search);
        pages.MapMethods("/documents/{id}", ReadMethods, ReadAsync).RecogniseCaller(Roles.Reader, KeyScopes.Read);
        pages.MapMethods("/sources", ReadMethods, ReadStatusAsync).RecogniseCaller(Roles.Operator, KeyScopes.Status);
        pages.MapMethods("/quality", ReadMethods, ReadQualityAsync)
            .RecogniseCaller(Roles.Operator | Roles.Steward, KeyScopes.Status);
        pages.MapConsoleConversations();
        pages.MapConsoleEmergency();
        pages.MapSignIn();
        MapAsset(routes, ConsoleAssets.StylesheetPath, ConsoleAssets.Stylesheet, "text/css; charset=utf-8");
        MapAsset(routes, ConsoleAssets.IconPath, ConsoleAssets.Icon, "image/svg+xml");
        return routes;
    }

    private static void MapAsset(IEndpointRouteBuilder routes, string path, byte[] content, string mediaType) =>
        routes.MapGet(path, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=3600";
            return TypedResults.Bytes(content, mediaType);
        }).AllowEverybody().ExcludeFromDescription();

    private static async Task<IResult> AskAsync(
        HttpContext context,
        IAnswerer answerer,
        ReadableDocuments documents,
        ILocalModels models,
        string? question,
        string? engine,
        CancellationToken cancellationToken)
    {
        var frame = ConsolePages.Frame(context);
        if (context.Caller() is not { } caller)
        {
            return ConsolePages.SignIn(context, frame);
        }

        var trimmed = (question ?? "").Trim();
        var known = models.List();
        var chosen = ChooseEngine(engine, known);
        var problem = trimmed.Length > Retrieval.SearchRequest.QueryLengthMax ? frame.Text.QuestionTooLong
            : trimmed.Length > 0 && caller.Asker is null ? frame.Text.ChoosePerson
            : null;
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(AskPage.Frame)] = frame,
            [nameof(AskPage.Question)] = trimmed,
            [nameof(AskPage.Models)] = known,
            [nameof(AskPage.Engine)] = chosen,
            [nameof(AskPage.Problem)] = problem,
        };
        if (trimmed.Length == 0 || problem is not null)
        {
            return ConsolePages.Page<AskPage>(
                problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
                parameters);
        }

        var request = new AskRequest
        {
            Question = trimmed,
            Asker = caller.Asker!,
            Language = frame.Text.Language,
            Engine = chosen,
        };
        if (IsWrittenByModel(chosen, answerer) && !HttpMethods.IsHead(context.Request.Method))
        {
            return new StreamedAnswerPage(
                frame,
                parameters,
                answerer.StreamAsync(request, cancellationToken),
                answer => FindCitedAsync(documents, caller, answer, cancellationToken));
        }

        var answer = await answerer.AskAsync(request, cancellationToken);
        parameters[nameof(AskPage.Answer)] = answer;
        parameters[nameof(AskPage.Documents)] = await FindCitedAsync(documents, caller, answer, cancellationToken);
        return ConsolePages.Page<AskPage>(StatusCodes.Status200OK, parameters);
    }

    private static bool IsWrittenByModel(string engine, IAnswerer answerer) =>
        (engine.Length > 0 ? engine : answerer.Provider) is not "extractive";

    /// <summary>Chooses who writes. An address that was kept may name a model that is gone: then the settings decide
    /// again.</summary>
    internal static string ChooseEngine(string? engine, IReadOnlyList<string> models) =>
        engine is "extractive" || (engine is not null && models.Contains(engine, StringComparer.Ordinal)) ? engine : "";

    /// <summary>Finds the cited documents, as far as they still are the versions that were cited.</summary>
    private static async Task<IReadOnlyDictionary<DocumentId, DocumentVersion>> FindCitedAsync(
        ReadableDocuments documents,
        Caller caller,
        Answer answer,
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<DocumentId, DocumentVersion>();
        foreach (var citation in answer.Citations)
        {
            if (await documents.FindAsync(citation.Document.Value, caller.Asker!, cancellationToken) is { } document
                && document.Version.Version == citation.Version)
            {
                found[citation.Document] = document.Version;
            }
        }

        return found;
    }

    private static async Task<IResult> ReadAsync(
        HttpContext context,
        ReadableDocuments documents,
        string id,
        string? start,
        string? end,
        CancellationToken cancellationToken)
    {
        var frame = ConsolePages.Frame(context);
        if (context.Caller()?.Asker is not { } asker)
        {
            return ConsolePages.SignIn(context, frame);
        }

        if (await documents.FindAsync(id, asker, cancellationToken) is not { } document)
        {
            return ConsolePages.Notice(
                frame,
                StatusCodes.Status404NotFound,
                frame.Text.NotFoundTitle,
                frame.Text.NotFoundText);
        }

        var (first, last) = (Number(start), Number(end));
        var text = await documents.ReadTextAsync(document, asker, cancellationToken);
        return ConsolePages.Page<DocumentPage>(StatusCodes.Status200OK, new(StringComparer.Ordinal)
        {
            ["Frame"] = frame,
            ["Document"] = document.Version,
            ["Text"] = CitedText.Cut(text, first, last),
            ["Query"] = first is null || last is null
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"start={first}&end={last}"),
        });
    }

    private static async Task<IResult> ReadStatusAsync(
        HttpContext context,
        SiteStatusReader reader,
        CancellationToken cancellationToken)
    {
        var frame = ConsolePages.Frame(context);
        if (context.Caller() is null)
        {
            return ConsolePages.SignIn(context, frame);
        }

        var status = await reader.ReadAsync(frame.Text.Remarks, cancellationToken);
        return ConsolePages.Page<SourcesPage>(StatusCodes.Status200OK, new(StringComparer.Ordinal)
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
                .Select(file => new QuarantineLine($"{file.Source}: {file.Path}", file.Reason, file.Remarks))
                .ToList(),
        });
    }

    private static async Task<IResult> ReadQualityAsync(
        HttpContext context,
        QualityReader reader,
        CancellationToken cancellationToken)
    {
        var frame = ConsolePages.Frame(context);
        if (context.Caller() is null)
        {
            return ConsolePages.SignIn(context, frame);
        }

        return ConsolePages.Page<QualityPage>(StatusCodes.Status200OK, new(StringComparer.Ordinal)
        {
            ["Frame"] = frame,
            ["Report"] = await reader.ReadAsync(collection: null, source: null, progress: null, cancellationToken),
        });
    }

    private static int? Number(string? text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
