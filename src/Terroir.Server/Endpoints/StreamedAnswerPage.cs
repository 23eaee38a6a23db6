using System.Net;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Terroir.Answers;
using Terroir.Server.Problems;
using Terroir.Storage;
using Terroir.Web;
using Terroir.Web.Pages;

namespace Terroir.Server.Endpoints;

/// <summary>The page of an answer that a model writes: what stands before it is sent at once, then the words as they
/// come, then the checked answer, behind which the stylesheet hides the words. It needs no JavaScript.</summary>
/// <param name="frame">The words and the person.</param>
/// <param name="parameters">The parameters of <see cref="AskPage"/>.</param>
/// <param name="events">The answer. Whoever closes the page stops it.</param>
/// <param name="findCited">Finds the documents that an answer cites.</param>
internal sealed class StreamedAnswerPage(
    PageFrame frame,
    IReadOnlyDictionary<string, object?> parameters,
    IAsyncEnumerable<AnswerEvent> events,
    Func<Answer, Task<IReadOnlyDictionary<DocumentId, DocumentVersion>>> findCited) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var services = httpContext.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var page = await RenderAsync<AskPage>(
            renderer,
            new(parameters, StringComparer.Ordinal) { [nameof(AskPage.Streams)] = true });
        var draft = page.IndexOf(AskPage.DraftPlace, StringComparison.Ordinal);
        var answer = page.IndexOf(AskPage.AnswerPlace, StringComparison.Ordinal);
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await SendAsync(httpContext, page[..draft]);
        var result = "";
        try
        {
            await foreach (var step in events)
            {
                if (step is AnswerText { IsChecked: false } piece)
                {
                    await SendAsync(httpContext, WebUtility.HtmlEncode(piece.Text));
                }
                else if (step is AnswerDone done)
                {
                    result = await RenderAsync<AnswerView>(renderer, new(StringComparer.Ordinal)
                    {
                        [nameof(AnswerView.Frame)] = frame,
                        [nameof(AnswerView.Answer)] = done.Answer,
                        [nameof(AnswerView.Documents)] = await findCited(done.Answer),
                    });
                }
            }
        }
        catch (TerroirException exception)
        {
            // The status line has left already, so the error stands where the answer would.
            var (_, code, detail) = ProblemWriter.Describe(exception);
            result = $"<section class=\"answer\"><p class=\"problem\" role=\"alert\">{WebUtility.HtmlEncode(code)}: "
                + $"{WebUtility.HtmlEncode(detail)}</p></section>";
        }

        await SendAsync(httpContext, page[draft..answer]);
        await SendAsync(httpContext, result + page[answer..]);
    }

    private static Task<string> RenderAsync<TComponent>(HtmlRenderer renderer, Dictionary<string, object?> parameters)
        where TComponent : IComponent =>
        renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());

    private static async Task SendAsync(HttpContext context, string html)
    {
        await context.Response.WriteAsync(html, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
