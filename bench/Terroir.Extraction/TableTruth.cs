using System.Globalization;
using System.Xml.Linq;
using Terroir.Documents;

namespace Terroir.Extraction;

/// <summary>The human reference of one file of the table competition.</summary>
internal sealed record TableTruth(IReadOnlyList<GridTable> Tables)
{
    public static TableTruth Load(string file)
    {
        var stem = Path.ChangeExtension(file, null);
        var structure = XDocument.Load(stem + "-str.xml").Descendants("region")
            .Select((region, index) => (Region: region, Index: index))
            .Select(item => new GridTable(
                Number(item.Region, "page"),
                Bounds(item.Region.Elements("cell").Select(cell => cell.Element("bounding-box")!)),
                [.. item.Region.Elements("cell").Select(Cell)]))
            .ToArray();
        var regions = XDocument.Load(stem + "-reg.xml").Descendants("region")
            .Select(region => (Page: Number(region, "page"), Box: Bounds(region.Elements("bounding-box"))))
            .ToList();
        return new TableTruth([.. structure.Select(table => table with { Box = Region(table, regions) })]);
    }

    private static GridCell Cell(XElement cell)
    {
        var row = Number(cell, "start-row");
        var column = Number(cell, "start-col");
        return new GridCell(
            row,
            column,
            cell.Attribute("end-row") is null ? row : Number(cell, "end-row"),
            cell.Attribute("end-col") is null ? column : Number(cell, "end-col"),
            cell.Element("content")?.Value ?? "");
    }

    // The region that a person drew, found by its place; the cells' own bounds where it is missing.
    private static PageBox Region(GridTable table, List<(int Page, PageBox Box)> regions)
    {
        var middle = (table.Box.Bottom + table.Box.Top) / 2;
        var found = regions.FindIndex(region => region.Page == table.Page
            && region.Box.Bottom <= middle && region.Box.Top >= middle
            && region.Box.Left < table.Box.Right && region.Box.Right > table.Box.Left);
        return found < 0 ? table.Box : regions[found].Box;
    }

    private static PageBox Bounds(IEnumerable<XElement> boxes)
    {
        var all = boxes.ToArray();
        return new PageBox(
            all.Min(box => Math.Min(Number(box, "x1"), Number(box, "x2"))),
            all.Min(box => Math.Min(Number(box, "y1"), Number(box, "y2"))),
            all.Max(box => Math.Max(Number(box, "x1"), Number(box, "x2"))),
            all.Max(box => Math.Max(Number(box, "y1"), Number(box, "y2"))));
    }

    // A few numbers hold typing faults such as "26ß".
    private static int Number(XElement element, string name) => int.Parse(
        string.Concat(element.Attribute(name)!.Value.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '-')),
        CultureInfo.InvariantCulture);
}
