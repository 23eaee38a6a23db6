using System.Globalization;
using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Packages;
using Terroir.Readers.PlainText;
using Terroir.Readers.Web;

namespace Terroir.Readers.Books;

/// <summary>Electronic books: the chapters in the order of the spine.</summary>
internal sealed class EpubReader : FormatReader
{
    public override string Name => "epub";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var parts = new ZipPackage(content, limits, cancellationToken);
        var path = parts.Xml("META-INF/container.xml").Within("rootfile")
            .Select(file => file.Get("full-path")).FirstOrDefault() ?? "";
        var book = parts.Xml(path) ?? throw new UnreadableException(
            UnreadableReason.Broken,
            RemarkCode.NoTableOfParts);
        var folder = path[..(path.LastIndexOf('/') + 1)];
        var chapters = Chapters(book, folder).ToArray();
        RefuseLocked(parts, chapters);

        var blocks = new List<Block>();
        foreach (var chapter in chapters)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (parts.Bytes(chapter) is { } bytes)
            {
                if (blocks.Count > 0)
                {
                    blocks.Add(new PageBreakBlock(new SourcePlace { Paragraph = blocks.Count + 1 }));
                }

                var first = blocks.Count + 1;
                blocks.AddRange(HtmlReader.ReadFragment(TextDecoder.DecodeMarkup(bytes), limits, cancellationToken)
                    .Select((block, index) => block with
                    {
                        Place = new SourcePlace { Paragraph = first + index },
                    }));
            }
        }

        var metadata = book.Child("metadata");
        return new ExtractedDocument
        {
            MediaType = "application/epub+zip",
            Reader = Name,
            Title = Stated(metadata, "title"),
            Authors = [.. metadata.All("creator").Select(author => author.Value.Trim()).Where(name => name.Length > 0)],
            Language = Stated(metadata, "language"),
            CreatedAt = DateTimeOffset.TryParse(
                Stated(metadata, "date"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var date) ? date : null,
            Blocks = blocks,
        };
    }

    private static IEnumerable<string> Chapters(XElement book, string folder)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in book.Child("manifest").All("item")
            .Where(item => (item.Get("media-type") ?? "").Contains("html", StringComparison.Ordinal)))
        {
            targets.TryAdd(item.Get("id") ?? "", folder + Uri.UnescapeDataString(item.Get("href") ?? ""));
        }

        return book.Child("spine").All("itemref")
            .Select(item => targets.GetValueOrDefault(item.Get("idref") ?? ""))
            .OfType<string>();
    }

    // Fonts may be scrambled in an open book; chapters are only in a locked one.
    private static void RefuseLocked(ZipPackage parts, string[] chapters)
    {
        var locked = parts.OptionalXml("META-INF/encryption.xml").Within("CipherReference")
            .Select(item => Uri.UnescapeDataString(item.Get("URI") ?? ""));
        if (locked.Any(path => chapters.Contains(path, StringComparer.Ordinal)))
        {
            throw new UnreadableException(
                UnreadableReason.Encrypted,
                RemarkCode.LockedToDevice);
        }
    }

    private static string? Stated(XElement? metadata, string name) =>
        metadata.Child(name)?.Value.Trim() is { Length: > 0 } value ? value : null;
}
