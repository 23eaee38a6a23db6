using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Web;

/// <summary>Finds pages whose elements stand too deep before they are parsed: the parser's time grows with the square
/// of the depth.</summary>
internal static class HtmlNesting
{
    // Elements that are left open by mistake are common; four times the limit are not.
    private const int Tolerance = 4;
    private const int NameMax = 12;

    private static readonly HashSet<string> Nesting = new(StringComparer.OrdinalIgnoreCase)
    {
        "div", "ul", "ol", "dl", "table", "blockquote", "section", "article", "span", "font", "b", "i", "em", "strong",
        "center", "small", "big", "u", "s", "form", "main", "nav", "aside", "header", "footer", "details", "fieldset",
        "button", "a", "sub", "sup", "tt", "code", "svg", "g", "math", "mrow", "object", "figure", "menu", "dir",
    };

    public static void Check(string html, ReadLimits limits)
    {
        var names = Nesting.GetAlternateLookup<ReadOnlySpan<char>>();
        var depth = 0;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0; at = html.IndexOf('<', at + 1))
        {
            var isEnd = at + 1 < html.Length && html[at + 1] is '/';
            var start = at + (isEnd ? 2 : 1);
            var end = start;
            while (end < html.Length && end - start < NameMax && char.IsAsciiLetterOrDigit(html[end]))
            {
                end++;
            }

            if (names.Contains(html.AsSpan(start, end - start)))
            {
                depth = Math.Max(0, depth + (isEnd ? -1 : 1));
                XmlTree.CheckDepth(depth / Tolerance, limits);
            }
        }
    }
}
