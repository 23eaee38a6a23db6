using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace Terroir.Readers.Pdf;

/// <summary>What a PDF says about itself.</summary>
internal sealed record PdfAbout(
    string? Title,
    IReadOnlyList<string> Authors,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? ModifiedAt,
    string? Language,
    IReadOnlyList<string> Outline)
{
    private const int OutlineCountMax = 5_000;

    public static PdfAbout Of(PdfDocument document)
    {
        var title = document.Information.Title?.Trim();
        var author = document.Information.Author?.Trim() ?? "";
        return new PdfAbout(
            string.IsNullOrEmpty(title) ? null : title,
            author.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            document.Information.GetCreatedDateTimeOffset(),
            document.Information.GetModifiedDateTimeOffset(),
            LanguageOf(document),
            OutlineOf(document));
    }

    private static string? LanguageOf(PdfDocument document)
    {
        var catalog = document.Structure.Catalog.CatalogDictionary;
        var language = !catalog.TryGet(NameToken.Lang, out var token) ? ""
            : token is IDataToken<string> text ? text.Data.Trim() : "";
        var isTag = language.Length is > 1 and < 36
            && language.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        return isTag ? language : null;
    }

    // A broken outline costs the outline alone.
    private static List<string> OutlineOf(PdfDocument document)
    {
        try
        {
            return document.TryGetBookmarks(out var bookmarks)
                ? [.. bookmarks.GetNodes().Take(OutlineCountMax).Select(node => node.Title ?? "")]
                : [];
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            return [];
        }
    }
}
