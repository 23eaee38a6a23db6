using System.Xml.Linq;
using Terroir.Readers.Packages;

namespace Terroir.Readers.OpenDocument;

/// <summary>What the styles of an OpenDocument file say: which lists count, what is hidden, what is a title.</summary>
internal sealed class OdfStyles
{
    private const int ChainMax = 20;

    private readonly Dictionary<string, XElement> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> _styles = new(StringComparer.Ordinal);

    public OdfStyles(XElement content, XElement? styles)
    {
        foreach (var element in new[] { content, styles }.SelectMany(root => root?.Elements() ?? [])
            .Where(part => part.Name.LocalName is "styles" or "automatic-styles")
            .SelectMany(part => part.Elements()))
        {
            var target = element.Is("list-style") ? _lists : element.Is("style") ? _styles : null;
            target?.TryAdd(element.Get("name") ?? "", element);
        }

        var language = styles.Within("default-style").Within("text-properties")
            .Select(properties => (properties.Get("language"), properties.Get("country")))
            .FirstOrDefault(pair => pair.Item1 is not null and not "none" and not "zxx");
        Language = language.Item1 is null ? null : $"{language.Item1}-{language.Item2}".TrimEnd('-');
    }

    /// <summary>The default language of the text.</summary>
    public string? Language { get; }

    /// <summary>Tells whether a list of this style counts at a depth from 0.</summary>
    public bool IsNumbered(string? list, int depth)
    {
        var level = _lists.GetValueOrDefault(list ?? "")?.Elements()
            .FirstOrDefault(item => item.Int("level") == depth + 1);
        return level is not null && level.Is("list-level-style-number") && level.Get("num-format") is { Length: > 0 };
    }

    public int StartOf(string? list, int depth) =>
        _lists.GetValueOrDefault(list ?? "")?.Elements()
            .FirstOrDefault(item => item.Int("level") == depth + 1).Int("start-value") ?? 1;

    public bool IsTitle(string? style) => Chain(style).Any(name => name is "Title" or "Titre");

    public bool IsSubtitle(string? style) => Chain(style).Any(name => name is "Subtitle" or "Sous-titre");

    public bool IsCaption(string? style) => Chain(style).Any(name => name is "Caption" or "Figure" or "Illustration");

    public bool IsCode(string? style) =>
        Chain(style).Any(name => name is "Preformatted_20_Text" or "Source_20_Text" or "Code");

    /// <summary>Tells whether text or a table of this style is hidden.</summary>
    public bool IsHidden(string? style)
    {
        var element = _styles.GetValueOrDefault(style ?? "");
        return element.Child("text-properties").Get("display") is "none"
            || element.Child("table-properties").Get("display") is "false";
    }

    private IEnumerable<string> Chain(string? style)
    {
        for (var count = 0; count < ChainMax && !string.IsNullOrEmpty(style); count++)
        {
            yield return style;
            style = _styles.GetValueOrDefault(style).Get("parent-style-name");
        }
    }
}
