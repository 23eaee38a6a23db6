using Terroir.Documents;
using Terroir.Readers;

namespace Terroir.Tests.Readers.Pdf;

public sealed class PdfTableTests
{
    [Fact]
    public async Task A_ruled_table_gives_its_cells_and_the_place_of_each_row()
    {
        var draft = new PdfDraft();
        Grid(draft, [72, 200, 300, 400], [700, 680, 660, 640]);
        Row(draft, 686, "Service", "Lits", "Taux");
        Row(draft, 666, "Cardiologie", "24", "91 %");
        Row(draft, 646, "Pédiatrie", "18", "77 %");

        var table = Assert.Single((await draft.ReadAsync()).Blocks.OfType<TableBlock>());

        Assert.Equal("Service|Lits|Taux", string.Join('|', table.Rows[0].Cells));
        Assert.Equal("Pédiatrie|18|77 %", string.Join('|', table.Rows[2].Cells));
        Assert.Equal(1, table.HeaderRowCount);
        Assert.InRange(table.Rows[1].Place.Box!.Top, 679, 681);
        Assert.InRange(table.Rows[1].Place.Box!.Bottom, 659, 661);
    }

    [Fact]
    public async Task A_cell_merged_over_columns_says_so()
    {
        var draft = new PdfDraft();
        draft.Rule(72, 700, 400, 700).Rule(72, 680, 400, 680).Rule(72, 660, 400, 660).Rule(72, 640, 400, 640)
            .Rule(72, 640, 72, 700).Rule(400, 640, 400, 700).Rule(200, 640, 200, 700).Rule(300, 640, 300, 680)
            .Text(80, 686, "Service").Text(260, 686, "Patients")
            .Text(210, 666, "Hommes").Text(310, 666, "Femmes")
            .Text(80, 646, "Cardiologie").Text(210, 646, "12").Text(310, 646, "14");

        var table = Assert.Single((await draft.ReadAsync()).Blocks.OfType<TableBlock>());

        Assert.Contains(new CellSpan(1, 2, 1), table.Rows[0].Spans);
        Assert.Equal("Cardiologie|12|14", string.Join('|', table.Rows[^1].Cells));
    }

    [Fact]
    public async Task A_table_without_rules_is_found_between_paragraphs()
    {
        var draft = new PdfDraft();
        draft.Lines(
            72,
            760,
            "Le tableau suivant donne les effectifs de chaque service pour les deux années,",
            "tels qu'ils ont été arrêtés au 31 décembre par la direction.");
        var y = 700.0;
        foreach (var row in new[] { "Service 2024 2025", "Urgences 112 118", "Chirurgie 87 90", "Gériatrie 45 41" })
        {
            var cells = row.Split(' ');
            draft.Text(72, y, cells[0]).Text(250, y, cells[1]).Text(350, y, cells[2]);
            y -= 14;
        }

        draft.Lines(
            72,
            600,
            "Ces effectifs ne comptent ni les remplaçants ni les personnes mises à disposition",
            "par un autre établissement.");

        var blocks = (await draft.ReadAsync()).Blocks;

        var table = Assert.IsType<TableBlock>(blocks[1]);
        Assert.Equal("Gériatrie|45|41", string.Join('|', table.Rows[3].Cells));
        Assert.IsType<ParagraphBlock>(blocks[0]);
        Assert.IsType<ParagraphBlock>(blocks[2]);
    }

    [Fact]
    public async Task Lines_of_one_cell_are_one_row()
    {
        var draft = new PdfDraft();
        Grid(draft, [72, 200, 400], [700, 680, 650, 630]);
        draft.Text(80, 686, "Acte").Text(210, 686, "Pièce à fournir")
            .Text(80, 666, "Admission").Text(210, 668, "carte d'identité et").Text(210, 656, "carte Vitale")
            .Text(80, 636, "Sortie").Text(210, 636, "ordonnance");

        var table = Assert.Single((await draft.ReadAsync()).Blocks.OfType<TableBlock>());

        Assert.Equal("Admission|carte d'identité et carte Vitale", string.Join('|', table.Rows[1].Cells));
    }

    [Fact]
    public async Task A_list_with_marks_is_no_table()
    {
        var draft = new PdfDraft();
        draft.Text(72, 700, "•").Text(90, 700, "premier point de la liste").Text(72, 686, "•")
            .Text(90, 686, "second point de la liste").Text(72, 672, "•").Text(90, 672, "dernier point");

        var blocks = (await draft.ReadAsync()).Blocks;

        Assert.Equal(3, blocks.Count);
        Assert.All(blocks, block => Assert.IsType<ListItemBlock>(block));
    }

    [Fact]
    public async Task A_caption_is_told_from_text()
    {
        var draft = new PdfDraft();
        draft.Text(72, 720, "Tableau 2 : effectifs par service")
            .Lines(72, 690, "Les effectifs par service sont donnés à la page suivante.");

        var blocks = (await draft.ReadAsync()).Blocks;

        Assert.IsType<CaptionBlock>(blocks[0]);
        Assert.IsType<ParagraphBlock>(blocks[1]);
    }

    [Fact]
    public async Task A_table_of_a_public_file_leaves_its_title_and_notes_outside()
    {
        var file = Path.Combine(TestFolder.Data("docs"), "icdar2013-tables", "us-014.pdf");
        var outcome = await new FormatReaders().ReadAsync(
            await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken),
            "a.pdf",
            ReadLimits.Default,
            TestContext.Current.CancellationToken);

        var tables = Assert.IsType<Extracted>(outcome).Document.Blocks.OfType<TableBlock>().ToArray();
        Assert.Equal(2, tables.Length);
        Assert.Contains(tables[0].Rows, row => row.Cells.Count(cell => cell.Length > 0) == 3
            && string.Equals(row.Cells[0], "Low-performing", StringComparison.Ordinal));
        Assert.DoesNotContain(tables.SelectMany(table => table.Rows), row =>
            row.Cells.Any(cell => cell.Contains("Exhibit", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Heads_within_a_table_part_its_rows_and_not_the_table()
    {
        var draft = new PdfDraft();
        draft.Rule(72, 720, 450, 720).Text(80, 706, "Service").Text(250, 706, "2024").Text(380, 706, "2025")
            .Rule(72, 700, 450, 700).Text(270, 688, "Lits installés");
        Row(draft, 676, "Urgences", "Effectif");
        draft.Text(380, 676, "41");
        double[] heights = [664, 652, 640];
        foreach (var y in heights)
        {
            draft.Text(80, y, "Chirurgie").Text(250, y, "87").Text(380, y, "90");
        }

        draft.Text(270, 616, "Séjours comptés");
        foreach (var y in heights)
        {
            draft.Text(80, y - 36, "Gériatrie").Text(250, y - 36, "312").Text(380, y - 36, "345");
        }

        draft.Rule(72, 560, 450, 560);

        var table = Assert.Single((await draft.ReadAsync()).Blocks.OfType<TableBlock>());

        Assert.Equal("Gériatrie|312|345", string.Join('|', table.Rows[^1].Cells.Where(cell => cell.Length > 0)));
    }

    private static void Grid(PdfDraft draft, double[] xs, double[] ys)
    {
        foreach (var y in ys)
        {
            draft.Rule(xs[0], y, xs[^1], y);
        }

        foreach (var x in xs)
        {
            draft.Rule(x, ys[^1], x, ys[0]);
        }
    }

    private static void Row(PdfDraft draft, double y, params string[] cells)
    {
        double[] xs = [80, 210, 310];
        for (var index = 0; index < cells.Length; index++)
        {
            draft.Text(xs[index], y, cells[index]);
        }
    }
}
