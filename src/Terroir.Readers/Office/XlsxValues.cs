using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>Shows the values of cells as people see them.</summary>
internal sealed class XlsxValues
{
    private readonly List<string> _strings;
    private readonly NumberFormat[] _formats;
    private readonly bool _is1904;

    public XlsxValues(OfficePart main, XElement? workbook)
    {
        _strings = ReadStrings(main);
        var styles = main.RootOf("styles");
        var custom = new Dictionary<int, string>();
        foreach (var format in styles.Child("numFmts").All("numFmt"))
        {
            custom.TryAdd(format.Int("numFmtId") ?? -1, format.Get("formatCode") ?? "");
        }

        var parsed = new Dictionary<int, NumberFormat>();
        _formats =
        [
            .. styles.Child("cellXfs").All("xf").Select(format =>
            {
                var id = format.Int("numFmtId") ?? 0;
                return parsed.TryGetValue(id, out var known)
                    ? known
                    : parsed[id] = NumberFormat.Parse(custom.GetValueOrDefault(id) ?? NumberFormat.BuiltIn(id));
            }),
        ];
        _is1904 = workbook.Child("workbookPr").Get("date1904") is "1" or "true";
        Culture = DocumentCulture.Of(
            main.Package.Parts.OptionalXml("docProps/core.xml").Child("language")?.Value,
            custom.Values,
            _strings);
    }

    /// <summary>The culture in which numbers and dates are shown.</summary>
    public CultureInfo Culture { get; }

    /// <summary>Shows a cell.</summary>
    /// <param name="type">The <c>t</c> attribute.</param>
    /// <param name="style">The <c>s</c> attribute.</param>
    /// <param name="raw">The stored value.</param>
    public string Show(string? type, int style, string raw) => type switch
    {
        "s" => int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < _strings.Count ? _strings[index] : "",
        "inlineStr" or "str" or "e" => raw.Trim(),
        "b" => (raw.Trim() is "1", DocumentCulture.IsFrench(Culture)) switch
        {
            (true, true) => "VRAI",
            (false, true) => "FAUX",
            (true, false) => "TRUE",
            _ => "FALSE",
        },
        "d" => raw.Trim(),
        _ when double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            (style >= 0 && style < _formats.Length ? _formats[style] : NumberFormat.Parse("General"))
            .Show(number, _is1904, Culture),
        _ => raw.Trim(),
    };

    // Read as a stream: the table may be large. Phonetic guides are not part of the text.
    private static List<string> ReadStrings(OfficePart main)
    {
        var strings = new List<string>();
        var limits = main.Package.Limits;
        if (main.ByType("sharedStrings").FirstOrDefault() is not { } part
            || main.Package.Parts.Open(part.Path) is not { } stream)
        {
            return strings;
        }

        using var reader = XmlTree.CreateReader(stream, limits.SizeMaxBytes);
        var text = new System.Text.StringBuilder();
        long length = 0;
        var isRead = reader.Read();
        while (isRead)
        {
            main.Package.Parts.CancellationToken.ThrowIfCancellationRequested();
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "rPh")
            {
                reader.Skip();
                continue;
            }

            if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "t" && !reader.IsEmptyElement)
            {
                text.Append(reader.ReadElementContentAsString());
                continue;
            }

            if (reader.LocalName is "si" && (reader.NodeType == XmlNodeType.EndElement || reader.IsEmptyElement))
            {
                length += text.Length;
                TextBounds.Check(length, limits);
                strings.Add(text.ToString().Trim());
                text.Clear();
            }

            isRead = reader.Read();
        }

        return strings;
    }
}
