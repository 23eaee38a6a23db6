using System.Globalization;
using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.OpenDocument;

/// <summary>The documents of LibreOffice: text (ODT), sheets (ODS) and slides (ODP).</summary>
internal sealed class OdfReader(string name) : FormatReader
{
    public override string Name => name;

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var parts = new ZipPackage(content, limits, cancellationToken);
        if (parts.OptionalXml("META-INF/manifest.xml").Within("encryption-data").Any())
        {
            throw UnreadableException.Locked();
        }

        var root = parts.Xml("content.xml") ?? throw new UnreadableException(
            UnreadableReason.Broken,
            RemarkCode.NoMainPart);
        var styles = new OdfStyles(root, parts.OptionalXml("styles.xml"));
        var reading = new OdfReading(parts, styles);
        var body = root.Child("body");
        if (body.Child("spreadsheet") is { } sheets)
        {
            OdfSheets.Add(sheets, reading, styles);
        }
        else if (body.Child("presentation") is { } slides)
        {
            OdfSlides.Add(slides, reading);
        }
        else
        {
            reading.AddAll(body.Child("text"), place: null);
        }

        var meta = parts.OptionalXml("meta.xml").Child("meta");
        return new ExtractedDocument
        {
            MediaType = $"application/vnd.oasis.opendocument.{name switch
            {
                "ods" => "spreadsheet",
                "odp" => "presentation",
                _ => "text",
            }}",
            Reader = name,
            Title = Stated(meta, "title"),
            Authors = (Stated(meta, "initial-creator") ?? Stated(meta, "creator")) is { } author ? [author] : [],
            Language = Stated(meta, "language") ?? styles.Language,
            CreatedAt = Date(meta, "creation-date"),
            ModifiedAt = Date(meta, "date"),
            Blocks = reading.Blocks,
            Warnings = reading.Warnings(),
        };
    }

    private static string? Stated(XElement? meta, string item) =>
        meta.Child(item)?.Value.Trim() is { Length: > 0 } value ? value : null;

    private static DateTimeOffset? Date(XElement? meta, string item) =>
        DateTimeOffset.TryParse(
            meta.Child(item)?.Value,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var date)
            ? date
            : null;
}
