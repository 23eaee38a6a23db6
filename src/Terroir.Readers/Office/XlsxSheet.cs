using System.Globalization;
using System.Xml;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>Reads the cells of a sheet as a stream, since a sheet may be far larger than memory allows for a tree.
/// </summary>
internal static class XlsxSheet
{
    public static SheetCells? Read(
        OfficePart part,
        XlsxValues values,
        SheetBudget budget,
        CancellationToken cancellationToken)
    {
        using var stream = part.Package.Parts.Open(part.Path);
        if (stream is null)
        {
            return null;
        }

        using var reader = XmlTree.CreateReader(stream, part.Package.Limits.SizeMaxBytes);
        var cells = new SheetCells(budget);
        int row = 0, column = 0;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (reader.LocalName)
            {
                case "row":
                    cancellationToken.ThrowIfCancellationRequested();
                    row = Number(reader.GetAttribute("r")) ?? row + 1;
                    column = 0;
                    break;
                case "c":
                    var at = SheetRange.Cell(reader.GetAttribute("r")) ?? (Math.Max(1, row), column);
                    ReadCell(reader, at, values, cells);
                    column = at.Item2 + 1;
                    break;
                case "mergeCell" when SheetRange.Parse(reader.GetAttribute("ref")) is { } merge
                    && cells.Merges.Count < part.Package.Limits.EntryCountMax:
                    cells.Merges.Add(merge);
                    break;
            }
        }

        return cells;
    }

    // The reader stands on the cell and leaves on its end.
    private static void ReadCell(XmlReader reader, (int Row, int Column) at, XlsxValues values, SheetCells cells)
    {
        var type = reader.GetAttribute("t");
        var style = Number(reader.GetAttribute("s")) ?? 0;
        if (reader.IsEmptyElement)
        {
            return;
        }

        var depth = reader.Depth;
        var raw = "";
        var isInside = reader.Read();
        while (isInside && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "v" or "t" && !reader.IsEmptyElement)
            {
                raw += reader.ReadElementContentAsString();
            }
            else if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "f" or "rPh")
            {
                reader.Skip();
            }
            else
            {
                isInside = reader.Read();
            }
        }

        if (raw.Length > 0)
        {
            cells.Set(at.Row, at.Column, values.Show(type, style, raw), type is null or "n" or "b" or "d");
        }
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 1_048_576
            ? number
            : null;
}
