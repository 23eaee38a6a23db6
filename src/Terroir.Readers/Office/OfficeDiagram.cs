using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>A drawn diagram (SmartArt) as the list of its texts.</summary>
internal static class OfficeDiagram
{
    public static IEnumerable<Block> Read(XElement? root, SourcePlace place) =>
        root.Within("pt")
            .SelectMany(point => point.Child("t").All("p"))
            .Select(paragraph => string.Concat(paragraph.Within("t").Select(text => text.Value)).Trim())
            .Where(text => text.Length > 0)
            .Select(text => new ListItemBlock(0, null, text, place));
}
