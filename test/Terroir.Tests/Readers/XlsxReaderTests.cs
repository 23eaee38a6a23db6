using Terroir.Documents;

namespace Terroir.Tests.Readers;

public sealed class XlsxReaderTests
{
    private const string Styles =
        "<styleSheet " + OfficeFile.Sheet + "><numFmts><numFmt numFmtId=\"164\" formatCode=\"#,##0.00\\ [$€-40C]\"/>"
        + "</numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"10\"/>"
        + "<xf numFmtId=\"46\"/></cellXfs></styleSheet>";

    [Fact]
    public async Task Values_are_shown_as_a_French_reader_sees_them() =>
        Assert.Equal(
            "## Tarifs\n\n| Date | Prix | Part | Durée | Total | Actif |\n|---|---|---|---|---|---|\n"
            + "| 03/02/2025 | 1234,50 € | 12,50 % | 26:30:00 | 3,5 | VRAI |",
            await TextAsync(
                Row(1, "Date", "Prix", "Part", "Durée", "Total", "Actif")
                + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>45691</v></c><c r=\"B2\" s=\"2\"><v>1234.5</v></c>"
                + "<c r=\"C2\" s=\"3\"><v>0.125</v></c><c r=\"D2\" s=\"4\"><v>1.1041666666666667</v></c>"
                + "<c r=\"E2\"><f>SUM(A1:A2)</f><v>3.5</v></c><c r=\"F2\" t=\"b\"><v>1</v></c></row>"));

    [Fact]
    public async Task A_title_and_two_tables_side_by_side_are_three_blocks()
    {
        var document = await ReadFile.DocumentAsync(
            OfficeFile.Xlsx(
                "<sheetData>" + Row(1, "Gardes de nuit", "", "", "", "") + Row(3, "Nom", "Jour", "", "Salle", "Lits")
                + Row(4, "A", "lundi", "", "S1", "4") + Row(5, "B", "mardi", "", "S2", "6") + "</sheetData>"),
            "a.xlsx");

        Assert.Equal("Gardes de nuit", Assert.IsType<ParagraphBlock>(document.Blocks[1]).Text);
        Assert.Equal("A3:B5", document.Blocks[2].Place.Cells);
        Assert.Equal("D3:E5", document.Blocks[3].Place.Cells);
        var row = Assert.IsType<TableBlock>(document.Blocks[3]).Rows[1];
        Assert.Equal(new SourcePlace { Sheet = "Tarifs", Cells = "D4:E4" }, row.Place);
    }

    [Fact]
    public async Task A_merged_header_is_repeated_over_its_columns() =>
        Assert.Contains(
            "| Service | Effectif | Effectif |",
            await TextAsync(
                Row(1, "Service", "Effectif", "") + Row(2, "", "jour", "nuit") + Row(3, "Urgences", "12", "7"),
                "<mergeCells><mergeCell ref=\"B1:C1\"/></mergeCells>"),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_hidden_sheet_is_read_and_flagged()
    {
        var content = OfficeFile.Xlsx(
            "<sheetData>" + Row(1, "x") + "</sheetData>",
            ("xl/workbook.xml", $"<workbook {OfficeFile.Sheet}><sheets><sheet name=\"Caché\" state=\"hidden\" "
                + "sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"));

        var document = await ReadFile.DocumentAsync(Last(content), "a.xlsx");

        Assert.Equal([new Remark(RemarkCode.HiddenSheetsRead, "1")], document.Warnings);
    }

    [Fact]
    public async Task More_cells_than_the_limit_are_refused()
    {
        var content = OfficeFile.Xlsx("<sheetData>" + Row(1, "a", "b", "c") + "</sheetData>");

        var refusal = await ReadFile.RefusalAsync(content, "a.xlsx", new ReadLimits { CellCountMax = 2 });

        Assert.Equal(UnreadableReason.TooLarge, refusal.Reason);
    }

    private static byte[] Last(byte[] content)
    {
        // The file has two workbook parts; a reader sees the first of a name, so the later one goes first.
        using var source = new System.IO.Compression.ZipArchive(new MemoryStream(content));
        return OfficeFile.Zip([.. source.Entries.Reverse().Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return (entry.FullName, reader.ReadToEnd());
        })]);
    }

    private static Task<string> TextAsync(string rows, string after = "") =>
        ReadFile.TextAsync(
            OfficeFile.Xlsx($"<sheetData>{rows}</sheetData>{after}", ("xl/styles.xml", Styles)),
            "a.xlsx");

    private static string Row(int number, params string[] cells) =>
        $"<row r=\"{number}\">" + string.Concat(cells.Select((text, column) => text.Length == 0 ? "" :
            $"<c r=\"{(char)('A' + column)}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")) + "</row>";
}
