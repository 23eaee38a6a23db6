using System.Xml.Linq;

namespace Terroir.Readers.OpenDocument;

/// <summary>Finds the rows of a table through the groups around them.</summary>
internal static class OdfRows
{
    public static IEnumerable<XElement> Of(XElement table) =>
        table.Elements().SelectMany(child => child.Name.LocalName switch
        {
            "table-row" => [child],
            "table-header-rows" or "table-rows" or "table-row-group" => Of(child),
            _ => Enumerable.Empty<XElement>(),
        });
}
