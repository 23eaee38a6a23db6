using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Terroir.Readers.Web;

/// <summary>Finds the main part of a page and takes out what people do not see or every page repeats.</summary>
internal static partial class HtmlContent
{
    private const string Unseen =
        "script,style,noscript,template,svg,iframe,object,embed,canvas,audio,video,input,button,select,textarea,"
        + "datalist,[hidden],[aria-hidden=true]";

    private const string Repeated =
        "nav,footer,aside,[role=navigation],[role=banner],[role=contentinfo],[role=search],[role=complementary]";

    private const int MatchTimeoutMs = 1_000;

    /// <summary>Finds the element whose content is read.</summary>
    public static IElement? Find(IDocument document, bool keepsBoilerplate)
    {
        var body = document.Body;
        if (body is null)
        {
            return null;
        }

        Remove(body, Unseen);
        foreach (var element in body.QuerySelectorAll("[style]").Where(IsHidden).ToArray())
        {
            element.Remove();
        }

        if (keepsBoilerplate)
        {
            return body;
        }

        var main = document.QuerySelector("main,[role=main]")
            ?? (document.QuerySelectorAll("article") is { Length: 1 } articles ? articles[0] : null);
        if (main is not null && HasEnough(main, body))
        {
            Remove(main, "nav,[role=navigation]");
            return main;
        }

        Remove(body, Repeated);
        foreach (var element in body.QuerySelectorAll("header,[id],[class]").Where(IsRepeated).ToArray())
        {
            element.Remove();
        }

        return body;
    }

    private static void Remove(IElement root, string selector)
    {
        foreach (var element in root.QuerySelectorAll(selector).ToArray())
        {
            element.Remove();
        }
    }

    // A main part of a few words beside a long page is a mistake of the page.
    private static bool HasEnough(IElement main, IElement body)
    {
        const int LengthMin = 250;
        const int ShareMin = 10;
        var length = main.TextContent.Length;
        return length >= LengthMin || length * ShareMin >= body.TextContent.Length;
    }

    private static bool IsHidden(IElement element) => Hiding().IsMatch(element.GetAttribute("style") ?? "");

    // The header of the page, not of an article; and the blocks that are named for what they repeat.
    private static bool IsRepeated(IElement element)
    {
        if (element.LocalName is "header")
        {
            return element.ParentElement is { LocalName: "body" or "div" } && element.QuerySelector("h1") is null;
        }

        return element.LocalName is "div" or "section" or "ul" or "p"
            && (Names().IsMatch(element.Id ?? "") || Names().IsMatch(element.ClassName ?? ""))
            && element.QuerySelector("h1,article,table") is null;
    }

    [GeneratedRegex(
        @"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$))",
        RegexOptions.IgnoreCase,
        MatchTimeoutMs)]
    private static partial Regex Hiding();

    [GeneratedRegex(
        @"(?:^|[\s_-])(?:navbar|navigation|breadcrumbs?|fil-ariane|cookies?|consent|social|share|sharing|partage|"
        + @"newsletter|skip-?links?|site-?footer|page-?footer|site-?header)(?:$|[\s_-])",
        RegexOptions.IgnoreCase,
        MatchTimeoutMs)]
    private static partial Regex Names();
}
