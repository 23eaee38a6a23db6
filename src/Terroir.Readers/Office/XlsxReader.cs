using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Terroir.Documents;

namespace Terroir.Readers.Office;

/// <summary>Workbooks: a heading and a table for each sheet; dates and amounts as people see them.</summary>
internal sealed class XlsxReader : FormatReader
{
    public override string Name => "xlsx";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var stream = Open(content);
        using var parts = OpenPackage(stream);
        using var package = SpreadsheetDocument.Open(parts);
        var main = package.WorkbookPart
            ?? throw new UnreadableException(UnreadableReason.Broken, "The file has no workbook part. Save it anew.");
        var values = new XlsxValues(main);
        var blocks = new List<Block>();
        foreach (var sheet in main.Workbook?.Sheets?.Elements<Sheet>() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (sheet.Id?.Value is { } id && main.GetPartById(id) is WorksheetPart part)
            {
                AddSheet(sheet.Name?.Value ?? "", part, values, blocks);
            }
        }

        var properties = package.PackageProperties;
        return new ExtractedDocument
        {
            MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Reader = Name,
            Title = string.IsNullOrWhiteSpace(properties.Title) ? null : properties.Title,
            Authors = string.IsNullOrWhiteSpace(properties.Creator) ? [] : [properties.Creator],
            ModifiedAt = properties.Modified is { } modified ? new DateTimeOffset(modified.ToUniversalTime()) : null,
            Blocks = blocks,
        };
    }

    private static void AddSheet(string name, WorksheetPart part, XlsxValues values, List<Block> blocks)
    {
        var rows = new List<TableRow>();
        foreach (var row in part.Worksheet?.Descendants<Row>() ?? [])
        {
            var cells = new List<string>();
            foreach (var cell in row.Elements<Cell>())
            {
                var column = ColumnOf(cell.CellReference?.Value, cells.Count);
                while (cells.Count < column)
                {
                    cells.Add("");
                }

                cells.Add(values.Show(cell));
            }

            if (cells.Exists(text => text.Length > 0))
            {
                var number = row.RowIndex?.Value ?? (uint)(rows.Count + 1);
                var last = XlsxValues.ColumnName(cells.Count - 1);
                rows.Add(new TableRow(cells, new SourcePlace { Sheet = name, Cells = $"A{number}:{last}{number}" }));
            }
        }

        if (rows.Count > 0)
        {
            blocks.Add(new HeadingBlock(2, name, new SourcePlace { Sheet = name }));
            blocks.Add(new TableBlock(rows, 1, new SourcePlace { Sheet = name }));
        }
    }

    private static int ColumnOf(string? reference, int fallback)
    {
        const int ColumnMax = 16_384;
        var column = 0;
        foreach (var letter in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper))
        {
            column = (column * 26) + letter - 'A' + 1;
        }

        return column is 0 or > ColumnMax ? fallback : column - 1;
    }
}

/// <summary>Shows the values of cells.</summary>
internal sealed class XlsxValues
{
    private static readonly string[] Signs = ["€", "$", "£"];

    private readonly string[] _strings;
    private readonly string[] _formats;

    public XlsxValues(WorkbookPart main)
    {
        _strings =
        [
            .. (main.SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>() ?? [])
                .Select(item => string.Concat(item.Descendants<Text>().Select(text => text.Text))),
        ];
        var sheet = main.WorkbookStylesPart?.Stylesheet;
        var custom = (sheet?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
            .ToDictionary(format => format.NumberFormatId!.Value, format => format.FormatCode?.Value ?? "");
        _formats =
        [
            .. (sheet?.CellFormats?.Elements<CellFormat>() ?? [])
                .Select(format => format.NumberFormatId?.Value ?? 0)
                .Select(id => custom.GetValueOrDefault(id) ?? BuiltIn(id)),
        ];
    }

    public static string ColumnName(int column) =>
        column < 26 ? $"{(char)('A' + column)}" : ColumnName((column / 26) - 1) + ColumnName(column % 26);

    public string Show(Cell cell)
    {
        var raw = cell.CellValue?.Text ?? "";
        if (cell.DataType?.Value == CellValues.SharedString)
        {
            return int.TryParse(raw, CultureInfo.InvariantCulture, out var index) && index < _strings.Length
                ? _strings[index].Trim()
                : "";
        }

        if (cell.DataType?.Value == CellValues.InlineString)
        {
            return cell.InnerText.Trim();
        }

        if (cell.DataType?.Value == CellValues.Boolean)
        {
            return raw is "1" ? "TRUE" : "FALSE";
        }

        return double.TryParse(raw, CultureInfo.InvariantCulture, out var number)
            ? Format(number, cell.StyleIndex?.Value ?? 0)
            : raw.Trim();
    }

    private string Format(double number, uint style)
    {
        var format = style < _formats.Length ? _formats[style] : "";
        var isDate = format.Contains("yy", StringComparison.OrdinalIgnoreCase)
            || format.Contains("d/m", StringComparison.OrdinalIgnoreCase);
        if (isDate && number is > 0 and < 2_958_466)
        {
            return DateTime.FromOADate(number).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        }

        if (format.Contains('%', StringComparison.Ordinal))
        {
            return (number * 100).ToString("0.##", CultureInfo.InvariantCulture).Replace('.', ',') + " %";
        }

        var sign = Signs.FirstOrDefault(mark => format.Contains(mark, StringComparison.Ordinal));
        var digits = sign is null ? "0.##########" : "0.00";
        return number.ToString(digits, CultureInfo.InvariantCulture).Replace('.', ',') + (sign is null ? ""
            : $" {sign}");
    }

    private static string BuiltIn(uint id) => id switch
    {
        9 or 10 => "0%",
        >= 14 and <= 17 or 22 => "dd/mm/yyyy",
        _ => "",
    };
}
