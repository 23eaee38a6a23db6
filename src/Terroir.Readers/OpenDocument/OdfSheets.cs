using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Office;
using Terroir.Readers.Packages;

namespace Terroir.Readers.OpenDocument;

/// <summary>The sheets of a workbook; its cells hold their text as people see it.</summary>
internal static class OdfSheets
{
    private const int RepeatMax = 1_000;

    public static void Add(XElement sheets, OdfReading reading, OdfStyles styles)
    {
        var budget = new SheetBudget(reading.Parts.Limits);
        foreach (var sheet in sheets.All("table"))
        {
            var name = sheet.Get("name") ?? "";
            var place = new SourcePlace { Sheet = name };
            var found = SheetTables.From(ReadCells(sheet, reading, budget), name).ToList();
            foreach (var frame in sheet.Child("shapes").Within("object"))
            {
                found.AddRange(OdfChart.Read(reading, frame, place));
            }

            found.AddRange(sheet.Within("annotation").Select(remark => new ParagraphBlock(
                OfficeComment.Show(
                    remark.Child("creator")?.Value,
                    remark.Child("date")?.Value,
                    string.Join('\n', remark.Within("p").Select(line => line.Value))),
                place)));
            if (found.Count > 0)
            {
                if (styles.IsHidden(sheet.Get("style-name")))
                {
                    reading.CountHidden();
                }

                reading.Blocks.Add(new HeadingBlock(2, name, place));
                reading.Blocks.AddRange(found);
            }
        }
    }

    private static SheetCells ReadCells(XElement sheet, OdfReading reading, SheetBudget budget)
    {
        var cells = new SheetCells(budget);
        var number = 1;
        foreach (var row in OdfRows.Of(sheet))
        {
            reading.Parts.CancellationToken.ThrowIfCancellationRequested();
            var repeat = Math.Clamp(row.Int("number-rows-repeated") ?? 1, 1, 1 << 20);
            var hasText = row.All("table-cell").Within("p").Any();
            for (var copy = 0; hasText && copy < Math.Min(repeat, RepeatMax); copy++)
            {
                ReadRow(row, number + copy, cells);
            }

            number += repeat;
            if (number > 1 << 20)
            {
                break;
            }
        }

        return cells;
    }

    private static void ReadRow(XElement row, int number, SheetCells cells)
    {
        var column = 0;
        foreach (var cell in row.Elements().Where(cell =>
            cell.Name.LocalName is "table-cell" or "covered-table-cell"))
        {
            var repeat = Math.Clamp(cell.Int("number-columns-repeated") ?? 1, 1, 1 << 14);
            var text = cell.Is("table-cell")
                ? string.Join('\n', cell.All("p").Select(line => line.Value.Trim())).Trim()
                : "";
            var isValue = cell.Get("value-type") is "float" or "percentage" or "currency" or "date" or "time"
                or "boolean";
            for (var copy = 0; text.Length > 0 && copy < Math.Min(repeat, RepeatMax); copy++)
            {
                cells.Set(number, column + copy, text, isValue);
            }

            var (columns, rows) = (cell.Int("number-columns-spanned") ?? 1, cell.Int("number-rows-spanned") ?? 1);
            if (text.Length > 0 && (columns > 1 || rows > 1))
            {
                cells.Merges.Add(new SheetRange(
                    number,
                    column,
                    number + Math.Clamp(rows, 1, 1 << 20) - 1,
                    column + Math.Clamp(columns, 1, 1 << 14) - 1));
            }

            column += repeat;
            if (column > 1 << 14)
            {
                break;
            }
        }
    }
}
