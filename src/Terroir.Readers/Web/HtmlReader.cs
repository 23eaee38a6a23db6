using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Terroir.Documents;
using Terroir.Readers.Packages;
using Terroir.Readers.PlainText;

namespace Terroir.Readers.Web;

/// <summary>HTML: the main part of the page, without what every page of a site repeats.</summary>
internal sealed class HtmlReader : FormatReader
{
    public override string Name => "html";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken) =>
        Read(TextDecoder.DecodeMarkup(content.Span), limits, cancellationToken);

    internal static ExtractedDocument Read(
        string html,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        TextBounds.Check(html.Length / 4, limits);
        var found = ReadPage(html, limits, cancellationToken);

        // A page that is nothing but its menu is read whole.
        return limits.KeepsBoilerplate || found.Blocks.Any(TextBounds.HasVisible)
            ? found
            : ReadPage(html, limits with { KeepsBoilerplate = true }, cancellationToken);
    }

    /// <summary>Reads a piece of HTML inside another document.</summary>
    internal static IReadOnlyList<Block> ReadFragment(
        string html,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        HtmlNesting.Check(html, limits);
        using var document = new HtmlParser().ParseDocument(html);
        CheckDepth(document, limits);
        return document.Body is { } body ? HtmlBlocks.From(body, cancellationToken) : [];
    }

    private static ExtractedDocument ReadPage(
        string html,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        HtmlNesting.Check(html, limits);
        using var document = new HtmlParser().ParseDocument(html);
        CheckDepth(document, limits);
        var title = document.Title?.Trim();
        var root = HtmlContent.Find(document, limits.KeepsBoilerplate);
        return new ExtractedDocument
        {
            MediaType = "text/html",
            Reader = "html",
            Title = string.IsNullOrEmpty(title) ? null : title,
            Authors = Meta(document, "author", "dc.creator", "article:author") is { } author ? [author] : [],
            Language = document.DocumentElement?.GetAttribute("lang") is { Length: > 0 } language ? language : null,
            CreatedAt = Date(Meta(document, "article:published_time", "dc.date", "dcterms.created", "date")),
            ModifiedAt = Date(Meta(document, "article:modified_time", "dcterms.modified", "last-modified")),
            Blocks = root is null ? [] : HtmlBlocks.From(root, cancellationToken),
        };
    }

    // Walks without recursion, so that the rest may recurse.
    private static void CheckDepth(IDocument document, ReadLimits limits)
    {
        var depth = 0;
        INode? node = document;
        while (node is not null)
        {
            if (node.FirstChild is { } child)
            {
                node = child;
                XmlTree.CheckDepth(++depth, limits);
                continue;
            }

            while (node is not null && node.NextSibling is null)
            {
                node = node.Parent;
                depth--;
            }

            node = node?.NextSibling;
        }
    }

    private static string? Meta(IDocument document, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var value = document.Head?.Children.FirstOrDefault(item => item.LocalName is "meta"
                && string.Equals(item.GetAttribute("name") ?? item.GetAttribute("property")
                    ?? item.GetAttribute("http-equiv"), name, StringComparison.OrdinalIgnoreCase))
                ?.GetAttribute("content")?.Trim();
            if (!string.IsNullOrEmpty(value))
            {
                return value;
            }
        }

        return null;
    }

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;
}
