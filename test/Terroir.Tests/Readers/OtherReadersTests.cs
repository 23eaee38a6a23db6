using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Terroir.Documents;

namespace Terroir.Tests.Readers;

public sealed class OtherReadersTests
{
    private const string Odf =
        "xmlns:office=\"urn:o\" xmlns:text=\"urn:t\" xmlns:table=\"urn:tb\" xmlns:draw=\"urn:d\" xmlns:svg=\"urn:s\" "
        + "xmlns:presentation=\"urn:p\" xmlns:dc=\"urn:dc\" xmlns:xlink=\"urn:x\" xmlns:style=\"urn:st\"";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_document_text_keeps_headings_lists_notes_and_tables() =>
        Assert.Equal(
            "# Règlement\n\nVoir[^1] [ici](https://a.example/r)\n\n[^1]: Arrêté.\n\n1. un\n  - deux\n\n"
            + "| A | A |\n|---|---|\n| b | c |",
            await ReadFile.TextAsync(
                Document("text",
                    "<text:h text:outline-level=\"1\">Règlement</text:h><text:p>Voir<text:note><text:note-citation>1"
                    + "</text:note-citation><text:note-body><text:p>Arrêté.</text:p></text:note-body></text:note> "
                    + "<text:a xlink:href=\"https://a.example/r\">ici</text:a></text:p>"
                    + "<text:list text:style-name=\"L\"><text:list-item><text:p>un</text:p><text:list><text:list-item>"
                    + "<text:p>deux</text:p></text:list-item></text:list></text:list-item></text:list>"
                    + "<table:table><table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>A"
                    + "</text:p></table:table-cell><table:covered-table-cell/></table:table-row><table:table-row>"
                    + "<table:table-cell><text:p>b</text:p></table:table-cell><table:table-cell><text:p>c</text:p>"
                    + "</table:table-cell></table:table-row></table:table>"),
                "a.odt"));

    [Fact]
    public async Task Open_document_sheets_and_slides_are_read()
    {
        Assert.Equal(
            "## Tarifs\n\n| Acte | Prix |\n|---|---|\n| Radio | 12,50 € |",
            await ReadFile.TextAsync(
                Document("spreadsheet",
                    $"<table:table table:name=\"Tarifs\"><table:table-row>{Cell("Acte")}{Cell("Prix")}"
                    + $"</table:table-row><table:table-row>{Cell("Radio")}{Cell("12,50 €")}</table:table-row>"
                    + "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell "
                    + "table:number-columns-repeated=\"16384\"/></table:table-row></table:table>"),
                "a.ods"));
        Assert.Equal(
            "## Titre\n\nhaut\n\nbas",
            await ReadFile.TextAsync(
                Document("presentation", $"<draw:page>{Frame("bas", 5)}{Frame("haut", 3)}{Frame("Titre", 9, "title")}"
                    + "</draw:page>"),
                "a.odp"));
    }

    [Fact]
    public async Task Rich_text_is_read_with_its_letters_tables_and_links() =>
        Assert.Equal(
            "# Été à l’hôpital\n\nVoir [la page](https://a.example/p)\n\n1. gants\n\n| a | b |\n|---|---|\n| c | d |",
            await ReadFile.TextAsync(
                @"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Arial;}}{\stylesheet{\s1 heading 1;}}"
                + @"{\*\generator x;}\pard\s1 \'c9t\'e9 \'e0 l\u8217?h\'f4pital\par\pard Voir {\field{\*\fldinst{"
                + "HYPERLINK \"https://a.example/p\"" + @"}}{\fldrslt{la page}}}\par"
                + @"\pard\ls1{\listtext 1.\tab}gants\par"
                + @"\trowd\pard\intbl a\cell b\cell\row\trowd\pard\intbl c\cell d\cell\row\pard {\v cach\'e9}\par}",
                "a.rtf"));

    [Fact]
    public async Task A_book_is_read_in_the_order_of_its_spine()
    {
        var content = OfficeFile.Zip(
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"b/p.opf\"/></rootfiles>"
                + "</container>"),
            ("b/p.opf", "<package xmlns:dc=\"urn:dc\"><metadata><dc:title>Guide</dc:title><dc:language>fr</dc:language>"
                + "</metadata><manifest><item id=\"2\" href=\"two.xhtml\" media-type=\"application/xhtml+xml\"/><item "
                + "id=\"1\" href=\"one.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref "
                + "idref=\"1\"/><itemref idref=\"2\"/></spine></package>"),
            ("b/two.xhtml", "<html><body><p>fin&nbsp;!</p></body></html>"),
            ("b/one.xhtml", "<html><body><h1>Début</h1></body></html>"));

        Assert.Equal("# Début\n\nfin !", await ReadFile.TextAsync(content, "x.bin"));
        Assert.Equal("Guide", (await ReadFile.DocumentAsync(content, "x.bin")).Title);
    }

    [Theory]
    [InlineData("[{\"nom\":\"A\",\"lits\":4},{\"nom\":\"B\",\"lits\":6}]",
        "| nom | lits |\n|---|---|\n| A | 4 |\n| B | 6 |")]
    [InlineData("{\"service\":{\"nom\":\"Urgences\",\"tags\":[\"nuit\",\"jour\"]}}",
        "- service\n  - nom: Urgences\n  - tags\n    - nuit\n    - jour")]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", "| a |\n|---|\n| 1 |\n| 2 |")]
    [InlineData("<?xml version=\"1.0\"?><f><p c=\"1\"><n>x</n></p><p c=\"2\"><n>y</n></p></f>",
        "| c | n |\n|---|---|\n| 1 | x |\n| 2 | y |")]
    [InlineData("a\tb\nc\td\ne\tf\n", "| a | b |\n|---|---|\n| c | d |\n| e | f |")]
    [InlineData("'x;y';b\n'c';'d''e'\n'f';g\n", "| x;y | b |\n|---|---|\n| c | d'e |\n| f | g |")]
    public async Task Data_without_a_telling_name_become_tables_and_lists(string content, string expected) =>
        Assert.Equal(expected, await ReadFile.TextAsync(content, "export"));

    [Fact]
    public async Task A_mailbox_and_archives_give_their_files()
    {
        var box = "From a@b Mon Jan 1 00:00:00 2024\nFrom: a@b.example\nSubject: Un\n\ncorps\n>From ici\n\n"
            + "From c@d Tue Jan 2 00:00:00 2024\nFrom: c@d.example\nSubject: Deux\n\nfin\n";
        var mails = (await ReadFile.DocumentAsync(Encoding.UTF8.GetBytes(box), "boite")).Embedded;
        Assert.Equal("00001.eml 00002.eml", string.Join(' ', mails.Select(mail => mail.Path)));
        var first = Encoding.UTF8.GetString(mails[0].Content.Span);
        Assert.EndsWith("corps\nFrom ici\n\n", first, StringComparison.Ordinal);

        var tar = await TarAsync(("sub/a.txt", "bonjour"), ("../../etc/passwd", "x"));
        var document = await ReadFile.DocumentAsync(GZip(tar), "a.tgz");
        Assert.Equal("sub/a.txt", Assert.Single(document.Embedded).Path);
        Assert.Equal([new Remark(RemarkCode.EntriesLeadOut, "1")], document.Warnings);
    }

    [Fact]
    public async Task A_7z_archive_gives_its_files_unless_it_is_locked()
    {
        var files = (await ReadFile.DocumentAsync(MadeFiles.SevenZip, "a")).Embedded;

        Assert.Equal("a/b.txt c.md", string.Join(' ', files.Select(file => file.Path)));
        Assert.Equal("bonjour", Encoding.UTF8.GetString(files[0].Content.Span));
        Assert.Equal(
            UnreadableReason.Encrypted,
            (await ReadFile.RefusalAsync(MadeFiles.LockedSevenZip, "a.7z")).Reason);
    }

    [Fact]
    public async Task An_old_workbook_shows_its_values_as_a_new_one_does() =>
        Assert.Equal(
            "## Tarifs\n\n| Acte | Date | Prix | Actif |\n|---|---|---|---|\n"
            + "| Radio | 03/02/2025 | 1234,50 € | VRAI |\n| Total fusionné | Total fusionné | 3 |  |",
            await ReadFile.TextAsync(MadeFiles.Xls, "a"));

    [Theory]
    [InlineData("EncryptedPackage", UnreadableReason.Encrypted)]
    [InlineData("WordDocument", UnreadableReason.Broken)]
    [InlineData("PowerPoint Document", UnreadableReason.Empty)]
    [InlineData("Contents", UnreadableReason.UnknownFormat)]
    public async Task A_compound_file_is_what_its_streams_say(string stream, UnreadableReason expected) =>
        Assert.Equal(expected, (await ReadFile.RefusalAsync(MadeFiles.Compound(stream), "fichier")).Reason);

    [Theory]
    [InlineData(
        "== Tarifs ==\nLe repas.\n= = = Midi = = =\nDouze euros.",
        "## Tarifs\n\nLe repas.\n\n### Midi\n\nDouze euros.")]
    [InlineData("Titre\n=====\na = b = c\n= = = =\n== x =", "Titre\n=====\na = b = c\n= = = =\n== x =")]
    public async Task A_line_between_equals_signs_is_a_heading_of_a_text_file(string text, string expected) =>
        Assert.Equal(expected, await ReadFile.TextAsync(text, "notes.txt"));

    [Fact]
    public async Task A_paragraph_of_a_text_file_knows_its_bytes()
    {
        var content = Encoding.UTF8.GetBytes("\uFEFFÉté\r\nà Noël\r\n\r\n  \r\nfin");

        var blocks = (await ReadFile.DocumentAsync(content, "a.txt")).Blocks;

        var places = blocks.Select(block => block.Place).ToArray();
        Assert.Equal([1, 5], places.Select(place => place.Line!.Value));
        Assert.Equal("Été\r\nà Noël\r\n", Slice(places[0].Bytes!));
        Assert.Equal("fin", Slice(places[1].Bytes!));

        string Slice(ByteRange range) => Encoding.UTF8.GetString(content[(int)range.Start..(int)range.End]);
    }

    [Fact]
    public async Task The_content_decides_and_a_false_name_is_a_warning()
    {
        var document = await ReadFile.DocumentAsync(OfficeFile.Docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>"), "a.pdf");

        Assert.Equal("docx", document.Reader);
        Assert.Equal([new Remark(RemarkCode.NameAndContentDiffer, ".pdf", "docx")], document.Warnings);
    }

    [Fact]
    public async Task Old_Office_and_Outlook_files_are_read()
    {
        var data = TestFolder.Data("office-public");
        var doc = await File.ReadAllBytesAsync(Path.Combine(data, "doc/sources/legacy_sample.doc"), Stop);
        var mail = await File.ReadAllBytesAsync(Path.Combine(data, "email/sources/msg_with_attachment.msg"), Stop);

        Assert.Contains("# Swimming in the lake", await ReadFile.TextAsync(doc, "a"), StringComparison.Ordinal);
        Assert.NotEmpty((await ReadFile.DocumentAsync(mail, "a")).Embedded);
    }

    private static byte[] Document(string kind, string body) => OfficeFile.Zip(
        ("mimetype", $"application/vnd.oasis.opendocument.{kind}"),
        ("content.xml", $"<office:document-content {Odf}><office:automatic-styles><text:list-style style:name=\"L\">"
            + "<text:list-level-style-number text:level=\"1\" style:num-format=\"1\"/></text:list-style>"
            + $"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>"
            + "</office:document-content>"));

    private static string Cell(string text) => $"<table:table-cell><text:p>{text}</text:p></table:table-cell>";

    private static string Frame(string text, int top, string kind = "subtitle") =>
        $"<draw:frame presentation:class=\"{kind}\" svg:x=\"1cm\" svg:y=\"{top}cm\" svg:height=\"1cm\"><draw:text-box>"
        + $"<text:p>{text}</text:p></draw:text-box></draw:frame>";

    private static async Task<byte[]> TarAsync(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        await using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                await writer.WriteEntryAsync(
                    new PaxTarEntry(TarEntryType.RegularFile, name)
                    {
                        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    },
                    Stop);
            }
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
}
