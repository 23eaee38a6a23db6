using System.Globalization;
using System.Xml.Linq;

namespace Terroir.Readers.Packages;

/// <summary>Finds elements and attributes by local name: the strict and the transitional forms of Office Open XML
/// differ only in namespaces.</summary>
internal static class XmlNames
{
    public static XElement? Child(this XElement? element, string name) =>
        element?.Elements().FirstOrDefault(child =>
            string.Equals(child.Name.LocalName, name, StringComparison.Ordinal));

    public static XElement? Path(this XElement? element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            element = element.Child(name);
        }

        return element;
    }

    public static IEnumerable<XElement> All(this XElement? element, string name) =>
        (element?.Elements() ?? []).Where(child => child.Is(name));

    public static IEnumerable<XElement> Within(this XElement? element, string name) =>
        (element?.Descendants() ?? []).Where(child => child.Is(name));

    public static IEnumerable<XElement> Within(this IEnumerable<XElement> elements, string name) =>
        elements.SelectMany(element => element.Within(name));

    public static bool Is(this XElement element, string name) =>
        string.Equals(element.Name.LocalName, name, StringComparison.Ordinal);

    /// <summary>Finds an attribute without a namespace, or else one of this local name in any.</summary>
    public static string? Get(this XElement? element, string name) =>
        element is null
            ? null
            : element.Attribute(name)?.Value
                ?? element.Attributes().FirstOrDefault(item =>
                    string.Equals(item.Name.LocalName, name, StringComparison.Ordinal))?.Value;

    /// <summary>Finds a relationship's id: an attribute in the namespace of relationships.</summary>
    public static string? Relation(this XElement? element, string name) =>
        element?.Attributes().FirstOrDefault(item =>
            string.Equals(item.Name.LocalName, name, StringComparison.Ordinal)
            && item.Name.NamespaceName.EndsWith("/relationships", StringComparison.Ordinal))?.Value;

    public static int? Int(this XElement? element, string name) =>
        int.TryParse(element.Get(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    /// <summary>Reads an on/off property: present means on, unless its value says off.</summary>
    public static bool IsOn(this XElement? property) =>
        property is not null && property.Get("val") is not ("0" or "false" or "off" or "none");
}
