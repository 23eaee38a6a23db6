using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Terroir.Documents;
using TableRow = Terroir.Documents.TableRow;

namespace Terroir.Readers.Office;

/// <summary>Word documents: headings by style, lists with their numbers, tables.</summary>
internal sealed class DocxReader : FormatReader
{
    public override string Name => "docx";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var stream = Open(content);
        using var parts = OpenPackage(stream);
        using var package = WordprocessingDocument.Open(parts);
        var main = package.MainDocumentPart
            ?? throw new UnreadableException(UnreadableReason.Broken,
                "The file has no text part. Save it anew in Word.");
        var body = main.Document?.Body;
        var reading = new DocxReading(main);
        foreach (var element in body?.ChildElements ?? Enumerable.Empty<OpenXmlElement>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            reading.Add(element);
        }

        var properties = package.PackageProperties;
        return new ExtractedDocument
        {
            MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Reader = Name,
            Title = string.IsNullOrWhiteSpace(properties.Title) ? null : properties.Title,
            Authors = string.IsNullOrWhiteSpace(properties.Creator) ? [] : [properties.Creator],
            ModifiedAt = properties.Modified is { } modified ? new DateTimeOffset(modified.ToUniversalTime()) : null,
            Blocks = reading.Blocks,
        };
    }
}

/// <summary>One pass over a Word document.</summary>
internal sealed class DocxReading(MainDocumentPart main)
{
    private readonly Dictionary<string, int> _levels = ReadLevels(main);
    private readonly Dictionary<(int List, int Depth), int> _counters = [];
    private int _paragraph;

    public List<Block> Blocks { get; } = [];

    public void Add(OpenXmlElement element)
    {
        switch (element)
        {
            case Paragraph paragraph:
                AddParagraph(paragraph);
                break;
            case Table table:
                AddTable(table);
                break;
            case SdtBlock block:
                foreach (var child in block.SdtContentBlock?.ChildElements ?? Enumerable.Empty<OpenXmlElement>())
                {
                    Add(child);
                }

                break;
        }
    }

    private void AddParagraph(Paragraph paragraph)
    {
        var place = new SourcePlace { Paragraph = ++_paragraph };
        var text = Text(paragraph);
        if (text.Length == 0)
        {
            return;
        }

        var properties = paragraph.ParagraphProperties;
        var level = properties?.ParagraphStyleId?.Val?.Value is { } style ? _levels.GetValueOrDefault(style) : 0;
        if (level > 0)
        {
            Blocks.Add(new HeadingBlock(level, text.Replace('\n', ' '), place));
        }
        else if (properties?.NumberingProperties is { NumberingId.Val: { } list } numbering)
        {
            var depth = numbering.NumberingLevelReference?.Val?.Value ?? 0;
            Blocks.Add(new ListItemBlock(depth, Number(list.Value, depth), text, place));
        }
        else
        {
            Blocks.Add(new ParagraphBlock(text, place));
        }
    }

    private void AddTable(Table table)
    {
        var rows = new List<TableRow>();
        var first = _paragraph + 1;
        foreach (var row in table.Elements<DocumentFormat.OpenXml.Wordprocessing.TableRow>())
        {
            var cells = new List<string>();
            foreach (var cell in row.Elements<TableCell>())
            {
                _paragraph += cell.Elements<Paragraph>().Count();
                var isContinued = cell.TableCellProperties?.VerticalMerge is { } merge
                    && merge.Val?.Value != MergedCellValues.Restart;
                cells.Add(isContinued ? "" : string.Join(' ', cell.Descendants<Paragraph>().Select(Text)).Trim());
                var span = cell.TableCellProperties?.GridSpan?.Val?.Value ?? 1;
                cells.AddRange(Enumerable.Repeat("", Math.Clamp(span - 1, 0, 100)));
            }

            rows.Add(new TableRow(cells, new SourcePlace { Paragraph = first }));
        }

        if (rows.Count > 0)
        {
            Blocks.Add(new TableBlock(rows, 1, new SourcePlace { Paragraph = first }));
        }
    }

    // Deleted runs hold DeletedText, which is not Text; of an alternate content only the first choice is read.
    private static string Text(Paragraph paragraph)
    {
        var text = new System.Text.StringBuilder();
        foreach (var element in paragraph.Descendants())
        {
            if (element.Ancestors<AlternateContentFallback>().Any())
            {
                continue;
            }

            text.Append(element switch
            {
                Text run => run.Text,
                TabChar => "\t",
                Break or CarriageReturn => "\n",
                NoBreakHyphen => "-",
                _ => "",
            });
        }

        return text.ToString().Trim();
    }

    private int? Number(int list, int depth)
    {
        var numbering = main.NumberingDefinitionsPart?.Numbering;
        var definition = numbering?.Elements<NumberingInstance>()
            .FirstOrDefault(instance => instance.NumberID?.Value == list)?.AbstractNumId?.Val?.Value;
        var format = numbering?.Elements<AbstractNum>()
            .FirstOrDefault(item => item.AbstractNumberId?.Value == definition)
            ?.Elements<Level>().FirstOrDefault(item => item.LevelIndex?.Value == depth)?.NumberingFormat?.Val?.Value;
        if (format is null || format == NumberFormatValues.Bullet)
        {
            return null;
        }

        var next = _counters.GetValueOrDefault((list, depth)) + 1;
        _counters[(list, depth)] = next;
        return next;
    }

    private static Dictionary<string, int> ReadLevels(MainDocumentPart main)
    {
        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var style in main.StyleDefinitionsPart?.Styles?.Elements<Style>() ?? [])
        {
            var name = style.StyleName?.Val?.Value?.ToLowerInvariant() ?? "";
            var outline = style.StyleParagraphProperties?.OutlineLevel?.Val?.Value;
            var level = name is "title" or "titre"
                ? 1
                : outline is { } value and < 9 ? value + 1 : LevelOf(name);
            if (style.StyleId?.Value is { } id && level > 0)
            {
                levels[id] = Math.Min(level, 6);
            }
        }

        return levels;
    }

    private static int LevelOf(string name) =>
        (name.StartsWith("heading ", StringComparison.Ordinal) || name.StartsWith("titre ", StringComparison.Ordinal))
        && int.TryParse(name[^1..], NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            ? level
            : 0;
}
