using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Terroir.Tests.Readers;

/// <summary>Makes hostile files from small sound ones; the same seed gives the same files.</summary>
internal static class HostileFiles
{
    private const int FlipCount = 8;
    private const int BombLength = 96 << 20;
    private const int NestingCount = 20_000;

    private const string Entities =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
        + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;\">"
        + "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f SYSTEM "
        + "\"file:///etc/passwd\">]>";

    /// <summary>One sound file of each format.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> Sound { get; } = CreateSound();

    /// <summary>Damaged forms of a file: cut at every tenth part, bits turned, a false name, a tail of zeros.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Damage(string name, byte[] content, int seed)
    {
        var random = new Random(seed);
        for (var part = 1; part < 10; part++)
        {
            yield return (name, content[..(content.Length * part / 10)]);
        }

        for (var count = 0; count < FlipCount; count++)
        {
            var flipped = (byte[])content.Clone();
            for (var turn = 0; turn <= count * 2 && flipped.Length > 0; turn++)
            {
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            }

            yield return (name, flipped);
        }

        var (other, _) = Sound[random.Next(Sound.Count)];
        yield return (other, content);
        yield return (name, [.. content, .. new byte[4_096]]);
        yield return (name, [.. content.Skip(3)]);
    }

    /// <summary>Files that unpack, nest or expand without end; all must be refused or read within the limits.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Bombs()
    {
        var spaces = new string(' ', BombLength);
        var word = $"<w:document {OfficeFile.Word}><w:body><w:p/>{spaces}</w:body></w:document>";
        yield return ("parts.docx", OfficeFile.Zip(
            ("_rels/.rels", OfficeFile.Relations(("r", "officeDocument", "d.xml"))),
            ("word/d.xml", ""),
            ("d.xml", word),
            ("[Content_Types].xml", "")));
        yield return ("cells.xlsx", OfficeFile.Xlsx($"<sheetData>{spaces}</sheetData>"));
        yield return ("text.zip", OfficeFile.Zip(("a.txt", spaces)));
        yield return ("text.gz", GZip(Encoding.ASCII.GetBytes(spaces)));
        yield return ("content.odt", OfficeFile.Zip(("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", spaces)));
        yield return ("entries.zip", OfficeFile.Zip([.. Enumerable.Range(0, 10_001).Select(n => ($"{n}", ""))]));

        foreach (var reference in new[] { "&e;", "&f;" })
        {
            yield return ("entity.xml", Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?>{Entities}<x>{reference}</x>"));
            yield return ("entity.docx", OfficeFile.Zip(
                ("_rels/.rels", OfficeFile.Relations(("r", "officeDocument", "word/d.xml"))),
                ("[Content_Types].xml", ""),
                ("word/d.xml", $"{Entities}<w:document {OfficeFile.Word}><w:body><w:p><w:r><w:t>{reference}</w:t></w:r>"
                    + "</w:p></w:body></w:document>")));
            yield return ("entity.odt", OfficeFile.Zip(("mimetype", "application/vnd.oasis.opendocument.text"),
                ("content.xml", $"{Entities}<x><body><text><p>{reference}</p></text></body></x>")));
        }

        foreach (var (name, open, close) in new[]
        {
            ("deep.html", "<div>", "</div>"), ("deep.xml", "<a>", "</a>"), ("deep.json", "[", "]"),
            ("deep.md", "> ", ""), ("deep.rtf", "{\\rtf1 ", "}"), ("links.html", "<a><b>", ""),
            ("list.html", "<ul><li>", ""), ("deep.md", "- ", ""), ("brackets.md", "[", "]()"),
        })
        {
            yield return (name, Encoding.ASCII.GetBytes(Nest(open, close)));
        }

        yield return ("deep.docx", OfficeFile.Docx(Nest("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")));
        yield return ("deep.pptx", OfficeFile.Pptx(Nest("<p:grpSp>", "</p:grpSp>")));
    }

    /// <summary>Names that lead out, passwords, and files without anything to see.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Odd()
    {
        foreach (var path in new[] { "../a.txt", "/etc/a.txt", "a/../../b.txt", "C:\\a.txt", "..\\..\\a.txt", "a\0b" })
        {
            yield return ("names.zip", OfficeFile.Zip((path, "x"), ("sound.txt", "bonjour")));
            yield return ("names.tar", Tar(path.Replace('\0', '_')));
        }

        yield return ("locked.7z", MadeFiles.LockedSevenZip);
        yield return ("locked.xlsx", MadeFiles.Compound("EncryptedPackage"));
        yield return ("locked.zip", Locked(OfficeFile.Zip(("a.txt", "x"))));
        yield return ("locked.docx", Locked(OfficeFile.Docx("<w:p/>")));
        yield return ("locked.odt", OfficeFile.Zip(("mimetype", "application/vnd.oasis.opendocument.text"),
            ("META-INF/manifest.xml", "<m><file-entry><encryption-data/></file-entry></m>"), ("content.xml", "x")));
        yield return ("locked.eml", Encoding.ASCII.GetBytes(
            "From: a@b.example\nSubject: x\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; "
            + "boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n"));
        foreach (var (name, _) in Sound)
        {
            yield return (name, []);
            yield return (name, Encoding.UTF8.GetBytes(" \n\t \u200B\u200B\u2060 \n"));
            yield return (name, new byte[1 << 20]);
        }
    }

    private static List<(string Name, byte[] Content)> CreateSound() =>
    [
        ("a.docx", OfficeFile.Docx("<w:p><w:r><w:t>Bonjour</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr>"
            + "</w:tbl>")),
        ("a.xlsx", OfficeFile.Xlsx("<sheetData><row r=\"1\"><c r=\"A1\"><v>12</v></c></row></sheetData>")),
        ("a.pptx", OfficeFile.Pptx("<p:sp><p:txBody><a:p><a:r><a:t>Bonjour</a:t></a:r></a:p></p:txBody></p:sp>")),
        ("a.odt", OfficeFile.Zip(("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", "<x><body><text><p>Bonjour</p></text></body></x>"))),
        ("a.ods", OfficeFile.Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml",
            "<x><body><spreadsheet><table name=\"T\"><table-row><table-cell><p>1</p></table-cell></table-row></table>"
            + "</spreadsheet></body></x>"))),
        ("a.odp", OfficeFile.Zip(("mimetype", "application/vnd.oasis.opendocument.presentation"), ("content.xml",
            "<x><body><presentation><page><frame><text-box><p>1</p></text-box></frame></page></presentation></body>"
            + "</x>"))),
        ("a.epub", OfficeFile.Zip(("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", "<c><rootfile full-path=\"p.opf\"/></c>"),
            ("p.opf", "<p><manifest><item id=\"1\" href=\"a.html\" media-type=\"text/html\"/></manifest><spine>"
                + "<itemref idref=\"1\"/></spine></p>"), ("a.html", "<p>Bonjour</p>"))),
        ("a.rtf", Encoding.ASCII.GetBytes(
            @"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\pard Bonjour\par\trowd\intbl a\cell\row}")),
        ("a.html", Encoding.UTF8.GetBytes("<html><body><h1>T</h1><table><tr><td colspan=2>é</td></tr></table></body>")),
        ("a.md", Encoding.UTF8.GetBytes("# T\n\n- a\n  - b\n\n| a | b |\n|---|---|\n| c | d |\n\n```\nx\n```\n")),
        ("a.txt", Encoding.Unicode.GetBytes("Première ligne\n\nSeconde")),
        ("a.csv", Encoding.UTF8.GetBytes("a;b\n\"c;d\";e\n")),
        ("a.json", Encoding.UTF8.GetBytes("{\"a\":[{\"b\":1},{\"b\":2}],\"c\":\"\\ud800\"}")),
        ("a.jsonl", Encoding.UTF8.GetBytes("{\"a\":1}\n{\"a\":2}\n")),
        ("a.xml", Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><a><b c=\"1\">x</b><b c=\"2\">y</b></a>")),
        ("a.eml", Encoding.UTF8.GetBytes("From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
            + "--b\n\ncorps\n--b\nContent-Disposition: attachment; filename=a.txt\n\nx\n--b--\n")),
        ("a.mbox", Encoding.UTF8.GetBytes("From a@b x\nFrom: a@b.example\nSubject: x\n\ncorps\n")),
        ("a.zip", OfficeFile.Zip(("a.txt", "bonjour"), ("b/c.txt", "x"))),
        ("a.tar", Tar("a.txt")),
        ("a.gz", GZip(Encoding.UTF8.GetBytes("bonjour"))),
        ("a.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[2_040]]),
        ("a.7z", MadeFiles.SevenZip),
        ("a.xls", MadeFiles.Xls),
        ("a.ppt", MadeFiles.Compound("PowerPoint Document")),
        ("a.msg", MadeFiles.Compound("__properties_version1.0")),
    ];

    private static string Nest(string open, string close) =>
        new StringBuilder().Insert(0, open, NestingCount).Append('x').Insert(open.Length * NestingCount + 1, close,
            close.Length == 0 ? 0 : NestingCount).ToString();

    private static byte[] Tar(string name)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream("bonjour"u8.ToArray()),
            });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "/etc/passwd" });
        }

        return stream.ToArray();
    }

    private static byte[] GZip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(content);
        }

        return stream.ToArray();
    }

    // Sets the mark of encryption in every header of an archive.
    private static byte[] Locked(byte[] zip)
    {
        for (var at = 0; at < zip.Length - 10; at++)
        {
            if (zip.AsSpan(at).StartsWith("PK\x03\x04"u8))
            {
                zip[at + 6] |= 1;
            }
            else if (zip.AsSpan(at).StartsWith("PK\x01\x02"u8))
            {
                zip[at + 8] |= 1;
            }
        }

        return zip;
    }
}
