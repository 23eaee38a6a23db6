using System.Xml.Linq;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>What a slide takes from its layout and its master: places and bullets.</summary>
internal sealed class PptxLayouts
{
    private readonly Dictionary<string, PptxLayout> _layouts = new(StringComparer.Ordinal);

    public PptxLayout Of(OfficePart slide)
    {
        if (slide.ByType("slideLayout").FirstOrDefault() is not { } part)
        {
            return new PptxLayout(null, null);
        }

        if (!_layouts.TryGetValue(part.Path, out var layout))
        {
            layout = new PptxLayout(part.Package.Parts.OptionalXml(part.Path), part.RootOf("slideMaster"));
            _layouts[part.Path] = layout;
        }

        return layout;
    }
}

/// <summary>A layout with its master.</summary>
internal sealed class PptxLayout(XElement? layout, XElement? master)
{
    private static readonly string[] Bullets = ["buNone", "buChar", "buAutoNum", "buBlip"];

    /// <summary>The shapes of layout and master that stand behind a shape of a slide, nearest first.</summary>
    public IEnumerable<XElement> Behind(XElement? holder)
    {
        if (holder is null)
        {
            yield break;
        }

        var type = holder.Get("type") ?? "obj";
        var index = holder.Get("idx");
        var inLayout = layout.Within("sp").FirstOrDefault(shape => Holder(shape) is { } other
            && (index is not null ? string.Equals(other.Get("idx"), index, StringComparison.Ordinal)
                : IsSame(other.Get("type"), type)));
        if (inLayout is not null)
        {
            yield return inLayout;
            type = Holder(inLayout).Get("type") ?? type;
        }

        if (master.Within("sp").FirstOrDefault(shape => Holder(shape) is { } other
            && IsSame(other.Get("type"), type)) is { } inMaster)
        {
            yield return inMaster;
        }
    }

    /// <summary>Finds what marks a paragraph: <c>buNone</c>, <c>buChar</c>, <c>buAutoNum</c>, <c>buBlip</c>.</summary>
    public XElement? BulletOf(XElement paragraph, XElement shape, int level)
    {
        var holder = Holder(shape);
        var styles = Behind(holder).Prepend(shape).Select(item => item.Path("txBody", "lstStyle"))
            .Append(master.Path("txStyles", holder.Get("type") switch
            {
                "title" or "ctrTitle" => "titleStyle",
                _ when holder is not null => "bodyStyle",
                _ => "otherStyle",
            }));
        return Bullet(paragraph.Child("pPr"))
            ?? styles.Select(style => Bullet(style.Child($"lvl{level + 1}pPr")))
                .FirstOrDefault(item => item is not null);
    }

    public static XElement? Holder(XElement shape) =>
        shape.Elements().FirstOrDefault(item => item.Name.LocalName.StartsWith("nv", StringComparison.Ordinal))
            .Path("nvPr", "ph");

    private static XElement? Bullet(XElement? properties) =>
        properties?.Elements().FirstOrDefault(item => Bullets.Contains(item.Name.LocalName, StringComparer.Ordinal));

    private static bool IsSame(string? one, string other) =>
        string.Equals(Kind(one ?? "obj"), Kind(other), StringComparison.Ordinal);

    private static string Kind(string type) => type switch
    {
        "title" or "ctrTitle" => "title",
        "body" or "obj" or "subTitle" or "tbl" or "chart" or "dgm" or "media" or "clipArt" => "body",
        _ => type,
    };
}
