using System.Collections.Frozen;

namespace Terroir.Retrieval.Queries;

/// <summary>What people call the kinds of files that <c>type:</c> takes.</summary>
public static class MediaTypeNames
{
    private const string Office = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    private static readonly string[] Documents =
    [
        Office + "wordprocessingml.document", "application/msword", OpenDocument + "text", "application/rtf",
    ];

    private static readonly string[] Sheets =
    [
        Office + "spreadsheetml.sheet", "application/vnd.ms-excel", OpenDocument + "spreadsheet", "text/csv",
        "text/tab-separated-values",
    ];

    private static readonly string[] Slides =
    [
        Office + "presentationml.presentation", "application/vnd.ms-powerpoint", OpenDocument + "presentation",
    ];

    private static readonly string[] Mails = ["message/rfc822", "application/vnd.ms-outlook"];

    private static readonly string[] Images =
        ["image/png", "image/jpeg", "image/tiff", "image/gif", "image/bmp", "image/webp"];

    private static readonly FrozenDictionary<string, string[]> Known = new Dictionary<string, string[]>(
        StringComparer.OrdinalIgnoreCase)
    {
        ["pdf"] = ["application/pdf"],
        ["word"] = Documents,
        ["doc"] = Documents,
        ["docx"] = [Office + "wordprocessingml.document"],
        ["odt"] = [OpenDocument + "text"],
        ["rtf"] = ["application/rtf"],
        ["excel"] = Sheets,
        ["tableur"] = Sheets,
        ["xls"] = Sheets,
        ["xlsx"] = [Office + "spreadsheetml.sheet"],
        ["ods"] = [OpenDocument + "spreadsheet"],
        ["csv"] = ["text/csv"],
        ["powerpoint"] = Slides,
        ["ppt"] = Slides,
        ["pptx"] = [Office + "presentationml.presentation"],
        ["odp"] = [OpenDocument + "presentation"],
        ["html"] = ["text/html"],
        ["web"] = ["text/html"],
        ["markdown"] = ["text/markdown"],
        ["md"] = ["text/markdown"],
        ["text"] = ["text/plain"],
        ["texte"] = ["text/plain"],
        ["txt"] = ["text/plain"],
        ["mail"] = Mails,
        ["email"] = Mails,
        ["courriel"] = Mails,
        ["eml"] = ["message/rfc822"],
        ["epub"] = ["application/epub+zip"],
        ["json"] = ["application/json"],
        ["xml"] = ["application/xml"],
        ["image"] = Images,
        ["png"] = ["image/png"],
        ["jpg"] = ["image/jpeg"],
        ["jpeg"] = ["image/jpeg"],
        ["tiff"] = ["image/tiff"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the media types that a name means.</summary>
    /// <param name="name">A name such as <c>pdf</c>, or a media type with its slash.</param>
    /// <returns>The types, or none if it names nothing.</returns>
    public static IReadOnlyList<string> Find(string name) =>
        Known.TryGetValue(name, out var types) ? types
            : name.Contains('/', StringComparison.Ordinal) ? [name]
            : [];
}
