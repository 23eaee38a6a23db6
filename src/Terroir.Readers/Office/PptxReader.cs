using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using Terroir.Documents;
using A = DocumentFormat.OpenXml.Drawing;

namespace Terroir.Readers.Office;

/// <summary>Presentations: a heading for each slide, its lines, tables and notes.</summary>
internal sealed class PptxReader : FormatReader
{
    public override string Name => "pptx";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var stream = Open(content);
        using var parts = OpenPackage(stream);
        using var package = PresentationDocument.Open(parts);
        var main = package.PresentationPart
            ?? throw new UnreadableException(UnreadableReason.Broken, "The file has no slides part. Save it anew.");
        var blocks = new List<Block>();
        var number = 0;
        foreach (var id in main.Presentation?.SlideIdList?.Elements<SlideId>() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            var slide = (SlidePart)main.GetPartById(id.RelationshipId!.Value!);
            AddSlide(slide, new SourcePlace { Slide = ++number }, blocks);
        }

        var properties = package.PackageProperties;
        return new ExtractedDocument
        {
            MediaType = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Reader = Name,
            Title = string.IsNullOrWhiteSpace(properties.Title) ? null : properties.Title,
            Authors = string.IsNullOrWhiteSpace(properties.Creator) ? [] : [properties.Creator],
            ModifiedAt = properties.Modified is { } modified ? new DateTimeOffset(modified.ToUniversalTime()) : null,
            Blocks = blocks,
        };
    }

    private static void AddSlide(SlidePart slide, SourcePlace place, List<Block> blocks)
    {
        foreach (var shape in slide.Slide?.Descendants<Shape>() ?? [])
        {
            var kind =
                shape.NonVisualShapeProperties?.ApplicationNonVisualDrawingProperties?.PlaceholderShape?.Type?.Value;
            var isTitle = kind == PlaceholderValues.Title || kind == PlaceholderValues.CenteredTitle;
            foreach (var paragraph in shape.Descendants<A.Paragraph>().Where(item => item.InnerText.Trim().Length > 0))
            {
                var depth = paragraph.ParagraphProperties?.Level?.Value ?? 0;
                blocks.Add(isTitle
                    ? new HeadingBlock(2, paragraph.InnerText.Trim(), place)
                    : new ListItemBlock(depth, null, paragraph.InnerText.Trim(), place));
            }
        }

        foreach (var table in slide.Slide?.Descendants<A.Table>() ?? [])
        {
            var rows = table.Elements<A.TableRow>().Select(row => new TableRow(
                [.. row.Elements<A.TableCell>().Select(cell => cell.InnerText.Trim())],
                place));
            blocks.Add(new TableBlock([.. rows], 1, place));
        }

        var notes = slide.NotesSlidePart?.NotesSlide?.Descendants<A.Paragraph>() ?? [];
        blocks.AddRange(notes.Where(item => item.InnerText.Trim().Length > 0)
            .Select(item => new ParagraphBlock(item.InnerText.Trim(), place)));
    }
}
