using System.Globalization;
using System.Xml.Linq;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>What the styles of a Word document say of a paragraph.</summary>
internal sealed class DocxStyles
{
    private const int ChainMax = 20;

    private static readonly string[] CodeNames =
        ["html preformatted", "source code", "code", "macro text", "macro", "code block", "verbatim"];

    private readonly Dictionary<string, XElement> _styles = new(StringComparer.Ordinal);
    private readonly string? _default;

    public DocxStyles(XElement? styles)
    {
        foreach (var style in styles.All("style").Where(style => style.Get("type") is "paragraph" or null))
        {
            var id = style.Get("styleId") ?? "";
            _styles.TryAdd(id, style);
            if (style.Get("default") is "1" or "true")
            {
                _default ??= id;
            }
        }
    }

    /// <summary>Finds the level of a heading: 1 to 6, or 0 for other text.</summary>
    public int LevelOf(XElement? properties)
    {
        if (properties.Child("outlineLvl").Int("val") is { } direct)
        {
            return direct is >= 0 and < 9 ? Math.Min(direct + 1, 6) : 0;
        }

        foreach (var style in Chain(properties))
        {
            var name = NameOf(style);
            if (name is "title" or "titre")
            {
                return 1;
            }

            var level = style.Path("pPr", "outlineLvl").Int("val") is { } outline ? outline + 1 : LevelOfName(name);
            if (level > 0)
            {
                return level <= 9 ? Math.Min(level, 6) : 0;
            }
        }

        return 0;
    }

    /// <summary>Finds the list of a paragraph, of its own or of its style.</summary>
    public (int List, int Level)? ListOf(XElement? properties)
    {
        var own = properties.Child("numPr");
        int? level = own.Child("ilvl").Int("val");
        if (own.Child("numId").Int("val") is { } list)
        {
            return list == 0 ? null : (list, level ?? 0);
        }

        foreach (var style in Chain(properties))
        {
            var inherited = style.Path("pPr", "numPr");
            level ??= inherited.Child("ilvl").Int("val");
            if (inherited.Child("numId").Int("val") is { } id)
            {
                return id == 0 ? null : (id, level ?? 0);
            }
        }

        return null;
    }

    public bool IsCode(XElement? properties) => Chain(properties).Any(style => CodeNames.Contains(NameOf(style)));

    public bool IsCaption(XElement? properties) =>
        Chain(properties).Any(style => NameOf(style) is "caption" or "légende");

    private IEnumerable<XElement> Chain(XElement? properties)
    {
        var id = properties.Child("pStyle").Get("val") ?? _default;
        for (var count = 0; count < ChainMax && id is not null && _styles.TryGetValue(id, out var style); count++)
        {
            yield return style;
            id = style.Child("basedOn").Get("val");
        }
    }

    private static string NameOf(XElement style) => style.Child("name").Get("val")?.ToLowerInvariant() ?? "";

    private static int LevelOfName(string name) =>
        (name.StartsWith("heading ", StringComparison.Ordinal) || name.StartsWith("titre ", StringComparison.Ordinal))
        && int.TryParse(name.AsSpan(name.LastIndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture,
            out var level)
            ? level
            : 0;
}
