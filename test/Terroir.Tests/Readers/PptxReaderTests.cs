namespace Terroir.Tests.Readers;

public sealed class PptxReaderTests
{
    [Fact]
    public async Task Shapes_are_read_by_position_with_the_title_first() =>
        Assert.Equal(
            "## Titre\n\ngauche\n\ndroite\n\nbas",
            await ReadFile.TextAsync(
                OfficeFile.Pptx(
                    Shape("bas", 0, 900) + Shape("droite", 500, 310) + Shape("gauche", 0, 300)
                    + Shape("Titre", 0, 0, "title") + Shape("12", 0, 990, "sldNum")),
                "a.pptx"));

    [Fact]
    public async Task Bullets_numbers_and_links_are_kept() =>
        Assert.Equal(
            "- un\n  - deux\n1. trois\n2. [quatre](https://a.example/x)",
            await ReadFile.TextAsync(
                OfficeFile.Pptx(
                    "<p:sp><p:txBody>"
                    + Paragraph("un", "<a:buChar char=\"•\"/>") + Paragraph("deux", "<a:buChar char=\"•\"/>", level: 1)
                    + Paragraph("trois", "<a:buAutoNum type=\"arabicPeriod\"/>")
                    + Paragraph("quatre", "<a:buAutoNum type=\"arabicPeriod\"/>", link: "rId9") + "</p:txBody></p:sp>",
                    ("ppt/slides/_rels/slide1.xml.rels",
                        OfficeFile.Relations(("rId9", "hyperlink", "https://a.example/x")))),
                "a.pptx"));

    [Fact]
    public async Task Notes_and_merged_cells_are_read() =>
        Assert.Equal(
            "| Tarif | Tarif |\n|---|---|\n| nuit | 12 |\n\nDire merci.",
            await ReadFile.TextAsync(
                OfficeFile.Pptx(
                    "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc gridSpan=\"2\">"
                    + $"<a:txBody>{Paragraph("Tarif")}</a:txBody></a:tc><a:tc hMerge=\"1\"/></a:tr><a:tr>"
                    + $"<a:tc><a:txBody>{Paragraph("nuit")}</a:txBody></a:tc><a:tc><a:txBody>"
                    + $"{Paragraph("12")}</a:txBody></a:tc></a:tr>"
                    + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
                    ("ppt/slides/_rels/slide1.xml.rels", OfficeFile.Relations(("rId1", "notesSlide", "../n.xml"))),
                    ("ppt/n.xml", $"<p:notes {OfficeFile.Slide}><p:cSld><p:spTree>{Shape("Dire merci.", 0, 0, "body")}"
                        + "</p:spTree></p:cSld></p:notes>")),
                "a.pptx"));

    private static string Shape(string text, int left, int top, string? holder = null) =>
        $"<p:sp><p:nvSpPr><p:nvPr>{(holder is null ? "" : $"<p:ph type=\"{holder}\"/>")}</p:nvPr></p:nvSpPr><p:spPr>"
        + $"<a:xfrm><a:off x=\"{left}\" y=\"{top}\"/><a:ext cx=\"100\" cy=\"100\"/></a:xfrm></p:spPr><p:txBody>"
        + $"{Paragraph(text)}</p:txBody></p:sp>";

    private static string Paragraph(string text, string bullet = "", int level = 0, string? link = null) =>
        $"<a:p><a:pPr lvl=\"{level}\">{bullet}</a:pPr><a:r><a:rPr>"
        + $"{(link is null ? "" : $"<a:hlinkClick r:id=\"{link}\"/>")}</a:rPr><a:t>{text}</a:t></a:r></a:p>";
}
