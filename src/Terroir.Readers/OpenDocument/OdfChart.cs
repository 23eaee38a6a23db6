using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.OpenDocument;

/// <summary>An object inside a document: a chart as its title and the table it is drawn from.</summary>
internal static class OdfChart
{
    public static IEnumerable<Block> Read(OdfReading reading, XElement target, SourcePlace place)
    {
        var path = (target.Get("href") ?? "").TrimStart('.', '/').TrimEnd('/');
        var chart = path.Length == 0 ? null : reading.Parts.OptionalXml($"{path}/content.xml").Within("chart")
            .FirstOrDefault(element => element.Child("plot-area") is not null);
        if (chart is null)
        {
            yield break;
        }

        var title = string.Join(' ', chart.Child("title").Within("p").Select(line => line.Value.Trim()));
        var kind = (chart.Get("class") ?? "").Split(':')[^1];
        var shown = kind switch
        {
            "bar" => "Bar chart",
            "line" => "Line chart",
            "circle" or "ring" => "Pie chart",
            "scatter" => "Scatter chart",
            "area" => "Area chart",
            _ => "Chart",
        };
        yield return new CaptionBlock(title.Length == 0 ? shown : $"{title}\n{shown}", place);

        var grid = new TableGrid();
        foreach (var row in chart.All("table").SelectMany(OdfRows.Of).Take(TableGrid.ColumnMax))
        {
            grid.BeginRow(place);
            foreach (var cell in row.All("table-cell"))
            {
                grid.Add(string.Join(' ', cell.Within("p").Select(line => line.Value.Trim())));
            }
        }

        if (grid.Build(1, place) is { } table)
        {
            yield return table;
        }
    }
}
