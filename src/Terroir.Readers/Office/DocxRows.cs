using System.Xml.Linq;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>Finds rows and cells through the wrappers that Word puts around them.</summary>
internal static class DocxRows
{
    public static IEnumerable<XElement> In(XElement parent, string name)
    {
        foreach (var child in parent.Elements())
        {
            if (child.Is(name))
            {
                yield return child;
            }
            else if (child.Name.LocalName is "sdt" or "sdtContent" or "customXml" or "ins" or "moveTo")
            {
                foreach (var inner in In(child, name))
                {
                    yield return inner;
                }
            }
        }
    }
}
