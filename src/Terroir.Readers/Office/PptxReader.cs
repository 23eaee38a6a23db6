using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>Presentations: for each slide its title, then texts, lists, tables, charts and diagrams by position, the
/// speaker's notes and the comments; no footers, dates and slide numbers.</summary>
internal sealed class PptxReader : FormatReader
{
    public override string Name => "pptx";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var package = new OfficePackage(content, limits, cancellationToken);
        var main = package.Main();
        var comments = new PptxComments(main);
        var layouts = new PptxLayouts();
        var blocks = new List<Block>();
        var number = 0;
        var hiddenCount = 0;
        foreach (var id in main.Root().Child("sldIdLst").All("sldId"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = new SourcePlace { Slide = ++number };
            if (main.ById(id.Relation("id")) is not { } part || part.Root() is not { } slide)
            {
                continue;
            }

            hiddenCount += slide.Get("show") is "0" or "false" ? 1 : 0;
            if (blocks.Count > 0)
            {
                blocks.Add(new PageBreakBlock(place));
            }

            new PptxSlide(part, layouts.Of(part), place, blocks).Add(slide);
            AddNotes(part, place, blocks);
            blocks.AddRange(comments.Of(part).Select(text => new ParagraphBlock(text, place)));
        }

        return package.Describe(new ExtractedDocument
        {
            MediaType = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Reader = Name,
            Blocks = blocks,
            Warnings = Counted.Of(RemarkCode.HiddenSlidesRead, hiddenCount),
        });
    }

    private static void AddNotes(OfficePart part, SourcePlace place, List<Block> blocks)
    {
        var bodies = part.RootOf("notesSlide").Within("sp")
            .Where(shape => shape.Within("ph").Any(holder => holder.Get("type") is "body"));
        foreach (var paragraph in bodies.Within("p"))
        {
            var text = string.Concat(paragraph.Descendants().Select(item =>
                item.Is("t") ? item.Value : item.Is("br") ? "\n" : "")).Trim();
            if (text.Length > 0)
            {
                blocks.Add(new ParagraphBlock(text, place));
            }
        }
    }
}

/// <summary>The reviewers' comments of a presentation, in the old and the threaded form.</summary>
internal sealed class PptxComments
{
    private readonly Dictionary<string, string> _authors = new(StringComparer.Ordinal);

    public PptxComments(OfficePart main)
    {
        foreach (var author in main.RootOf("commentAuthors").All("cmAuthor")
            .Concat(main.RootOf("authors").All("author")))
        {
            _authors.TryAdd(author.Get("id") ?? "", author.Get("name") ?? "");
        }
    }

    public IEnumerable<string> Of(OfficePart slide) =>
        slide.ByType("comments")
            .SelectMany(part => slide.Package.Parts.OptionalXml(part.Path)?.Descendants() ?? [])
            .Where(item => item.Name.LocalName is "cm" or "reply")
            .Select(item => OfficeComment.Show(
                _authors.GetValueOrDefault(item.Get("authorId") ?? ""),
                item.Get("dt") ?? item.Get("created"),
                TextOf(item)));

    private static string TextOf(XElement comment) =>
        comment.Child("text")?.Value.Trim()
        ?? string.Join(' ', comment.Child("txBody").Within("t").Select(text => text.Value)).Trim();
}
