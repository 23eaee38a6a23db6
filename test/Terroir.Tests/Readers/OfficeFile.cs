using System.IO.Compression;
using System.Text;

namespace Terroir.Tests.Readers;

/// <summary>Writes small Office Open XML files by hand, part by part.</summary>
internal static class OfficeFile
{
    public const string Word =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
        + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
        + "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
        + "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" "
        + "xmlns:v=\"urn:v\" xmlns:wps=\"urn:wps\"";

    public const string Sheet =
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
        + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    public const string Slide =
        "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" "
        + "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
        + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    public const string Core =
        "<cp:coreProperties xmlns:cp=\"urn:cp\" xmlns:dc=\"urn:dc\" xmlns:dcterms=\"urn:dcterms\">"
        + "<dc:title>Titre</dc:title><dc:creator>Service qualité</dc:creator><dc:language>fr-FR</dc:language>"
        + "<dcterms:modified>2025-02-03T10:00:00Z</dcterms:modified></cp:coreProperties>";

    public static byte[] Docx(string body, params (string Path, string Xml)[] parts) => Zip(
        [
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", Relations(("rId1", "officeDocument", "word/document.xml"))),
            ("word/document.xml", $"<w:document {Word}><w:body>{body}</w:body></w:document>"),
            .. parts,
        ]);

    public static byte[] Xlsx(string sheetData, params (string Path, string Xml)[] parts) => Zip(
        [
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", Relations(("rId1", "officeDocument", "xl/workbook.xml"))),
            ("xl/workbook.xml", $"<workbook {Sheet}><sheets><sheet name=\"Tarifs\" sheetId=\"1\" r:id=\"rId1\"/>"
                + "</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", Relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "styles", "styles.xml"))),
            ("xl/worksheets/sheet1.xml", $"<worksheet {Sheet}>{sheetData}</worksheet>"),
            .. parts,
        ]);

    public static byte[] Pptx(string shapes, params (string Path, string Xml)[] parts) => Zip(
        [
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", Relations(("rId1", "officeDocument", "ppt/presentation.xml"))),
            ("ppt/presentation.xml", $"<p:presentation {Slide}><p:sldIdLst><p:sldId id=\"256\" r:id=\"rId1\"/>"
                + "</p:sldIdLst></p:presentation>"),
            ("ppt/_rels/presentation.xml.rels", Relations(("rId1", "slide", "slides/slide1.xml"))),
            ("ppt/slides/slide1.xml", $"<p:sld {Slide}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"),
            .. parts,
        ]);

    public static string Relations(params (string Id, string Type, string Target)[] items) =>
        "<Relationships>" + string.Concat(items.Select(item =>
            $"<Relationship Id=\"{item.Id}\" Type=\"http://x/{item.Type}\" Target=\"{item.Target}\""
            + $"{(item.Type is "hyperlink" ? " TargetMode=\"External\"" : "")}/>")) + "</Relationships>";

    public static byte[] Zip(params (string Path, string Text)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in entries)
            {
                using var entry = archive.CreateEntry(path).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }
}
