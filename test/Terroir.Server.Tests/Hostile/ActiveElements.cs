using AngleSharp.Html.Parser;
using Markdig;

namespace Terroir.Server.Tests.Hostile;

/// <summary>What of a page would fetch something, run, or lead away.</summary>
internal static class ActiveElements
{
    private const string Selector = "img, picture, video, audio, iframe, object, embed, script, base, "
        + "meta[http-equiv], svg use, [style], [srcset], [onclick], [onload], [onerror]";

    private static readonly MarkdownPipeline Dialects = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    /// <summary>Finds them in what a client makes of a text that it takes for Markdown, of any dialect.</summary>
    public static IReadOnlyList<string> InMarkdown(string text) => InPage(Markdown.ToHtml(text, Dialects));

    /// <summary>Finds them in a page; pictures and styles of the site itself are none.</summary>
    public static IReadOnlyList<string> InPage(string html)
    {
        using var page = new HtmlParser().ParseDocument(html);
        return
        [
            .. page.QuerySelectorAll(Selector)
                .Where(element => !IsOwn(element.GetAttribute("src")))
                .Concat(page.QuerySelectorAll("a[href], form[action], link[href]").Where(element =>
                    !IsOwn(element.GetAttribute("href") ?? element.GetAttribute("action"))))
                .Select(element => element.OuterHtml),
        ];
    }

    private static bool IsOwn(string? address) =>
        address is ['/', not '/' and not '\\', ..] or "/" or ['?', ..] or ['#', ..];
}
