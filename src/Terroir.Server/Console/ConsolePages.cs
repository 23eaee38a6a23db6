using System.Globalization;
using System.Net;
using System.Text;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Catalog;
using Terroir.Server.Endpoints;

namespace Terroir.Server.Console;

/// <summary>The console: ask, read the answer, open the cited place. Plain pages that need no script.</summary>
internal static class ConsolePages
{
    private const string Html = "text/html; charset=utf-8";

    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", AskAsync).ExcludeFromDescription();
        routes.MapGet("/documents/{id}", ShowAsync).ExcludeFromDescription();
        routes.MapGet("/console.css", () => Results.Text(ConsoleStyle.Css, "text/css")).ExcludeFromDescription();
        return routes;
    }

    private static async Task<IResult> AskAsync(
        string? q,
        string? @as,
        IAnswerer answerer,
        IDirectory directory,
        Callers callers,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var body = new StringBuilder(Form(q, @as, directory));
        if (!string.IsNullOrWhiteSpace(q) && q.Length <= 4_000)
        {
            body.Append(callers.Find(context, @as) is { } asker
                ? Show(await answerer.AskAsync(new AskRequest { Question = q, Asker = asker }, cancellationToken), @as!)
                : "<p role=\"alert\">Choisissez qui pose la question.</p>");
        }

        return Results.Text(Page("Poser une question", body.ToString()), Html);
    }

    private static async Task<IResult> ShowAsync(
        string id,
        string? @as,
        int? start,
        int? end,
        ICatalog catalog,
        Callers callers,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var version = await CatalogEndpoints.FindAsync(id, @as, catalog, callers, context, cancellationToken);
        if (version is null)
        {
            return Results.Text(Page("Introuvable", "<h1>Document introuvable</h1>"), Html, statusCode: 404);
        }

        var text = await catalog.ReadBlobAsync(version.Text, cancellationToken);
        var from = Math.Clamp(start ?? 0, 0, text.Length);
        var to = Math.Clamp(end ?? 0, from, text.Length);
        var part = (int a, int b) => WebUtility.HtmlEncode(Encoding.UTF8.GetString(text.Span[a..b]));
        var body = $"""
            <p><a href="/?as={WebUtility.UrlEncode(@as)}">Poser une question</a></p>
            <h1>{WebUtility.HtmlEncode(version.Title)}</h1>
            <p class="place">{WebUtility.HtmlEncode(version.Path)} – version {version.Version.Hex[..12]}
            – <a href="/api/documents/{version.Id}/original?as={WebUtility.UrlEncode(@as)}">fichier d’origine</a></p>
            <pre>{part(0, from)}<mark id="cite">{part(from, to)}</mark>{part(to, text.Length)}</pre>
            """;
        return Results.Text(Page(version.Title, body), Html);
    }

    private static string Form(string? question, string? user, IDirectory directory)
    {
        var people = string.Concat(directory.Users.Select(person =>
            $"<option value=\"{WebUtility.HtmlEncode(person.Id)}\""
            + (string.Equals(person.Id, user, StringComparison.Ordinal) ? " selected" : "")
            + $">{WebUtility.HtmlEncode(person.Name)} – {WebUtility.HtmlEncode(person.Title)}</option>"));
        return $"""
            <h1>Poser une question</h1>
            <form method="get" action="/">
            <label for="as">Qui demande</label><select id="as" name="as">{people}</select>
            <label for="q">Question</label>
            <input id="q" name="q" maxlength="4000" required value="{WebUtility.HtmlEncode(question)}">
            <button>Demander</button>
            </form>
            """;
    }

    private static string Show(Answer answer, string user)
    {
        var cards = string.Concat(answer.Citations.Select(citation =>
            $"<li><blockquote>{WebUtility.HtmlEncode(citation.Quote)}</blockquote><p><a href=\"/documents/"
            + $"{citation.Document}?as={WebUtility.UrlEncode(user)}&amp;start={citation.Start}&amp;end={citation.End}"
            + $"#cite\">{WebUtility.HtmlEncode(citation.Title)}</a> <span class=\"place\">"
            + $"{WebUtility.HtmlEncode(PlaceText.French(citation.Place))}</span></p></li>"));
        var kind = answer.IsRefused ? "refused" : "answer";
        return $"<section aria-live=\"polite\"><p class=\"{kind}\">{WebUtility.HtmlEncode(answer.Text)}</p>"
            + (cards.Length == 0 ? "" : $"<h2>Sources vérifiées</h2><ol>{cards}</ol>") + "</section>";
    }

    private static string Page(string title, string body) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <!doctype html>
        <html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>{WebUtility.HtmlEncode(title)} – Terroir</title><link rel="stylesheet" href="/console.css"></head>
        <body><main>{body}</main><footer>Terroir. Rien ne quitte cette machine.</footer></body></html>
        """);
}

/// <summary>The console's look: readable, light and dark.</summary>
internal static class ConsoleStyle
{
    public const string Css = """
        :root { color-scheme: light dark; font: 1.05rem/1.55 system-ui, sans-serif }
        body { margin: 0; background: Canvas; color: CanvasText }
        main { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
        form { display: grid; gap: .5rem }
        input, select, button { font: inherit; padding: .5rem }
        button { justify-self: start }
        .answer { font-size: 1.25rem }
        .refused { border-left: .3rem solid; padding-left: .8rem }
        .place, footer { opacity: .8 }
        blockquote { margin: 0; border-left: .2rem solid; padding-left: .8rem; overflow-wrap: anywhere }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }
        :focus-visible { outline: .2rem solid; outline-offset: .1rem }
        footer { text-align: center; padding: 2rem }
        """;
}
