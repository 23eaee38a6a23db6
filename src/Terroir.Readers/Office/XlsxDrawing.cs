using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>The charts and text boxes that lie over a sheet.</summary>
internal static class XlsxDrawing
{
    public static void Read(OfficePart drawing, SourcePlace place, List<Block> blocks)
    {
        var root = drawing.Package.Parts.OptionalXml(drawing.Path);
        foreach (var element in root?.Descendants() ?? [])
        {
            if (element.Is("txBody"))
            {
                blocks.AddRange(element.All("p")
                    .Select(paragraph => string.Concat(paragraph.Within("t").Select(text => text.Value)).Trim())
                    .Where(text => text.Length > 0)
                    .Select(text => new ParagraphBlock(text, place)));
            }
            else if (element.Is("chart") && drawing.ById(element.Relation("id")) is { } chart)
            {
                blocks.AddRange(OfficeChart.Read(chart.Package.Parts.OptionalXml(chart.Path), place));
            }
        }
    }
}
