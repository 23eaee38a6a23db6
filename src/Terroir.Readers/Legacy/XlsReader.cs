using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Terroir.Documents;
using Terroir.Readers.Office;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Legacy;

/// <summary>Workbooks of 1997 to 2003.</summary>
internal sealed class XlsReader : FormatReader
{
    public override string Name => "xls";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            using var reader = ExcelReaderFactory.CreateBinaryReader(ContentStream.Open(content));
            var sheets = new List<(string Name, List<RawCell> Cells, List<SheetRange> Merges)>();
            var hiddenCount = 0;
            var budget = new SheetBudget(limits);
            do
            {
                hiddenCount += string.Equals(reader.VisibleState, "visible", StringComparison.Ordinal) ? 0 : 1;
                sheets.Add((reader.Name, ReadCells(reader, budget, cancellationToken), Merges(reader, limits)));
            }
            while (reader.NextResult());

            return CompoundProperties.Describe(new CompoundFile(content), new ExtractedDocument
            {
                MediaType = "application/vnd.ms-excel",
                Reader = Name,
                Blocks = Blocks(sheets, limits),
                Warnings = Counted.Of(RemarkCode.HiddenSheetsRead, hiddenCount),
            });
        }
        catch (InvalidPasswordException)
        {
            throw UnreadableException.Locked();
        }
    }

    private static List<RawCell> ReadCells(
        IExcelDataReader reader,
        SheetBudget budget,
        CancellationToken cancellationToken)
    {
        var cells = new List<RawCell>();
        var row = 0;
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            row++;
            for (var column = 0; column < reader.FieldCount; column++)
            {
                if (reader.GetValue(column) is { } value)
                {
                    budget.Take(0);
                    cells.Add(new RawCell(row, column, value, reader.GetNumberFormatString(column)));
                }
            }
        }

        return cells;
    }

    private static List<SheetRange> Merges(IExcelDataReader reader, ReadLimits limits) =>
    [
        .. (reader.MergeCells ?? []).Take(limits.EntryCountMax).Select(merge =>
            new SheetRange(merge.FromRow + 1, merge.FromColumn, merge.ToRow + 1, merge.ToColumn)),
    ];

    private static List<Block> Blocks(
        List<(string Name, List<RawCell> Cells, List<SheetRange> Merges)> sheets,
        ReadLimits limits)
    {
        var all = sheets.SelectMany(sheet => sheet.Cells).ToArray();
        var culture = DocumentCulture.Of(
            language: null,
            all.Select(cell => cell.Format ?? "").Distinct(StringComparer.Ordinal),
            all.Select(cell => cell.Value).OfType<string>());
        var budget = new SheetBudget(limits);
        var blocks = new List<Block>();
        foreach (var (name, raw, merges) in sheets)
        {
            var cells = new SheetCells(budget);
            cells.Merges.AddRange(merges);
            foreach (var cell in raw)
            {
                cells.Set(cell.Row, cell.Column, Show(cell, culture), cell.Value is not string);
            }

            var found = SheetTables.From(cells, name).ToArray();
            if (found.Length > 0)
            {
                blocks.Add(new HeadingBlock(2, name, new SourcePlace { Sheet = name }));
                blocks.AddRange(found);
            }
        }

        return blocks;
    }

    private static string Show(RawCell cell, CultureInfo culture)
    {
        var format = NumberFormat.Parse(string.IsNullOrEmpty(cell.Format) ? "General" : cell.Format);
        return cell.Value switch
        {
            string text => text.Trim(),
            bool value => (value, DocumentCulture.IsFrench(culture)) switch
            {
                (true, true) => "VRAI",
                (false, true) => "FAUX",
                (true, false) => "TRUE",
                _ => "FALSE",
            },
            DateTime date => (format.IsDate ? format : NumberFormat.Parse("yyyy-mm-dd")).Show(
                date.ToOADate(), is1904: false, culture),
            TimeSpan span => format.Show(span.TotalDays, is1904: false, culture),
            IConvertible number => format.Show(number.ToDouble(CultureInfo.InvariantCulture), is1904: false, culture),
            _ => "",
        };
    }

    private sealed record RawCell(int Row, int Column, object Value, string? Format);
}
