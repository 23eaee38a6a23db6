using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>A chart as its title and the table of its cached values.</summary>
internal static class OfficeChart
{
    private const int PointMax = 10_000;

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["lineChart"] = "Line chart",
        ["line3DChart"] = "Line chart",
        ["barChart"] = "Bar chart",
        ["bar3DChart"] = "Bar chart",
        ["pieChart"] = "Pie chart",
        ["pie3DChart"] = "Pie chart",
        ["doughnutChart"] = "Pie chart",
        ["scatterChart"] = "Scatter chart",
        ["bubbleChart"] = "Bubble chart",
        ["areaChart"] = "Area chart",
        ["area3DChart"] = "Area chart",
        ["radarChart"] = "Radar chart",
    };

    /// <summary>Reads a chart part.</summary>
    public static IEnumerable<Block> Read(XElement? root, SourcePlace place)
    {
        var chart = root.Child("chart");
        var plots = chart.Child("plotArea")?.Elements()
            .Where(item => Kinds.ContainsKey(item.Name.LocalName)).ToArray() ?? [];
        if (chart is null)
        {
            yield break;
        }

        var kind = plots.Length > 0 ? Kinds[plots[0].Name.LocalName] : "Chart";
        var series = plots.SelectMany(plot => plot.All("ser")).ToArray();
        var title = Text(chart.Child("title"));
        title = title.Length == 0 && series.Length == 1 ? NameOf(series[0]) : title;
        yield return new CaptionBlock(title.Length == 0 ? kind : $"{title}\n{kind}", place);
        if (Table(series, place) is { } table)
        {
            yield return table;
        }
    }

    private static TableBlock? Table(XElement[] series, SourcePlace place)
    {
        var categories = Points((series.FirstOrDefault()?.Elements() ?? [])
            .FirstOrDefault(item => item.Is("cat") || item.Is("xVal")));
        var values = series.Select(item => Points(item.Elements().FirstOrDefault(part =>
            part.Is("val") || part.Is("yVal")))).ToArray();
        var count = values.Select(item => item.Count).Append(categories.Count).Max();
        if (count == 0)
        {
            return null;
        }

        var rows = new List<TableRow> { new(["", .. series.Select(NameOf)], place) };
        for (var index = 0; index < count; index++)
        {
            rows.Add(new TableRow(
                [At(categories, index), .. values.Select(item => At(item, index))],
                place));
        }

        return new TableBlock(rows, 1, place);
    }

    private static string NameOf(XElement series) =>
        Points(series.Child("tx")) is { Count: > 0 } names ? string.Join(' ', names) : Text(series.Child("tx"));

    private static List<string> Points(XElement? source)
    {
        var points = new List<string>();
        foreach (var point in source.Within("pt").Where(point => point.Child("v") is not null))
        {
            var index = point.Int("idx") ?? points.Count;
            while (points.Count <= index && points.Count < PointMax)
            {
                points.Add("");
            }

            if (index >= 0 && index < points.Count && points[index].Length == 0)
            {
                points[index] = point.Child("v")!.Value.Trim();
            }
        }

        return points;
    }

    private static string At(List<string> points, int index) => index < points.Count ? points[index] : "";

    private static string Text(XElement? title) =>
        string.Join(' ', title.Within("p").Select(paragraph =>
            string.Concat(paragraph.Within("t").Select(text => text.Value)).Trim()).Where(text => text.Length > 0));
}
