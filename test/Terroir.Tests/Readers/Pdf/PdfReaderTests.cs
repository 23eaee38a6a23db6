using Terroir.Documents;
using Terroir.Readers;

namespace Terroir.Tests.Readers.Pdf;

public sealed class PdfReaderTests
{
    [Fact]
    public async Task A_paragraph_is_one_block_with_its_page_and_box()
    {
        var draft = new PdfDraft();
        draft.Lines(72, 700, "Le dossier est gardé vingt ans après le dernier", "passage du patient ici.");

        var block = Assert.IsType<ParagraphBlock>(Assert.Single((await draft.ReadAsync()).Blocks));

        Assert.Equal("Le dossier est gardé vingt ans après le dernier passage du patient ici.", block.Text);
        Assert.Equal(1, block.Place.Page);
        Assert.InRange(block.Place.Box!.Left, 71, 73);
        Assert.InRange(block.Place.Box.Top, 700, 710);
        Assert.InRange(block.Place.Box.Bottom, 680, 687);
    }

    [Theory]
    [InlineData("la conser-", "vation des pièces", "la conservation des pièces")]
    [InlineData("il faut peut-", "être attendre", "il faut peut-être attendre")]
    [InlineData("le vice-", "président signe", "le vice-président signe")]
    [InlineData("que dit-", "elle au patient", "que dit-elle au patient")]
    [InlineData("la commune de Saint-", "Denis répond", "la commune de Saint-Denis répond")]
    public async Task A_word_broken_at_the_end_of_a_line_is_made_whole(string first, string second, string expected)
    {
        var draft = new PdfDraft();
        draft.Lines(72, 700, first, second);

        var block = Assert.IsType<ParagraphBlock>(Assert.Single((await draft.ReadAsync()).Blocks));

        Assert.Equal(expected, block.Text);
    }

    [Fact]
    public async Task Larger_and_bolder_lines_are_headings_by_rank()
    {
        var draft = new PdfDraft();
        draft.Text(72, 760, "Règlement intérieur", 20)
            .Text(72, 720, "Conservation", 14)
            .Lines(72, 700, "Le dossier est conservé vingt ans après le dernier passage.")
            .Text(72, 670, "Exceptions", isBold: true)
            .Lines(72, 650, "Le dossier d'un mineur est conservé jusqu'à ses vingt-huit ans.");

        var headings = (await draft.ReadAsync()).Blocks.OfType<HeadingBlock>()
            .Select(block => (block.Level, block.Text));

        Assert.Equal([(1, "Règlement intérieur"), (2, "Conservation"), (3, "Exceptions")], headings);
    }

    [Fact]
    public async Task Two_columns_are_read_one_after_the_other()
    {
        var draft = new PdfDraft();
        string[] left =
        [
            "Alpha commence la colonne de gauche ici", "et la suite de la phrase reste dedans",
            "jusqu'au bout sans passer la marge ni",
        ];
        string[] right =
        [
            "Omega commence la colonne de droite ici", "et la suite de la phrase reste dedans",
            "jusqu'au bout sans passer la marge non",
        ];
        draft.Text(72, 760, "Un titre qui passe au-dessus des deux colonnes de la page", 16)
            .Lines(60, 700, left)
            .Lines(310, 700, right);

        var blocks = (await draft.ReadAsync()).Blocks.OfType<ParagraphBlock>();
        var text = string.Join(' ', blocks.Select(block => block.Text));

        Assert.StartsWith(string.Join(' ', left), text, StringComparison.Ordinal);
        Assert.EndsWith(string.Join(' ', right), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_of_a_list_keep_their_depth_and_number()
    {
        var draft = new PdfDraft();
        draft.Text(72, 700, "• un").Text(90, 687, "- sous un").Text(72, 674, "• deux").Text(72, 640, "1. premier")
            .Text(72, 627, "2. second");

        var items = (await draft.ReadAsync()).Blocks.OfType<ListItemBlock>()
            .Select(item => (item.Depth, item.Number, item.Text));

        Assert.Equal(
            [(0, null, "un"), (1, null, "sous un"), (0, null, "deux"), (0, 1, "premier"), (0, 2, "second")],
            items);
    }

    [Fact]
    public async Task Heads_and_page_numbers_that_repeat_are_left_out()
    {
        var draft = new PdfDraft();
        for (var page = 1; page <= 4; page++)
        {
            draft.Text(72, 810, "Guide du service")
                .Text(72, 600, $"Le texte de la page {(char)('A' + page)} est propre.")
                .Text(290, 30, $"{page} / 4");
            if (page < 4)
            {
                draft.Page();
            }
        }

        var document = await draft.ReadAsync();

        Assert.Equal(4, document.Blocks.OfType<ParagraphBlock>().Count());
        Assert.All(document.Blocks.OfType<ParagraphBlock>(), block =>
            Assert.StartsWith("Le texte", block.Text, StringComparison.Ordinal));
        Assert.Equal([2, 3, 4], document.Blocks.OfType<PageBreakBlock>().Select(block => block.Place.Page!.Value));
    }

    [Fact]
    public async Task A_page_stored_on_its_side_reads_as_it_is_shown()
    {
        var draft = new PdfDraft();
        draft.Turn(90).Lines(72, 700, "Ce texte est sur une page tournée", "et il se lit comme un autre.");

        var block = (await draft.ReadAsync()).Blocks.OfType<ParagraphBlock>().Single();

        Assert.Equal("Ce texte est sur une page tournée et il se lit comme un autre.", block.Text);
    }

    [Fact]
    public async Task A_link_shows_where_it_leads()
    {
        var draft = new PdfDraft();
        draft.Text(72, 700, "notice")
            .Link(70, 695, 110, 712, "https://chu.example/notice");

        var block = Assert.IsType<ParagraphBlock>((await draft.ReadAsync()).Blocks[0]);

        Assert.Equal("[notice](https://chu.example/notice)", block.Text);
    }

    [Fact]
    public async Task What_the_file_says_of_itself_is_kept()
    {
        var draft = new PdfDraft { Title = "Notice", Author = "A. Martin; B. Roche", Catalog = "/Lang(fr-FR)" };
        draft.Text(72, 700, "Bonjour");

        var document = await draft.ReadAsync();

        Assert.Equal("Notice", document.Title);
        Assert.Equal(["A. Martin", "B. Roche"], document.Authors);
        Assert.Equal("fr-FR", document.Language);
    }

    [Fact]
    public async Task Pages_without_text_are_named_and_cost_no_other_page()
    {
        var draft = new PdfDraft();
        draft.Text(72, 700, "Une page de texte").Page().Picture(50, 50, 400).Page().Picture(50, 50, 400);

        var document = await draft.ReadAsync();

        Assert.Single(document.Blocks.OfType<ParagraphBlock>());
        Assert.Equal([new Remark(RemarkCode.PagesWithoutText, "2-3", "2")], document.Warnings);
        Assert.Equal([1, 0, 0], document.Pages.Select(page => page.Confidence));
    }

    [Fact]
    public async Task A_scan_without_text_needs_recognition_and_says_which_pages()
    {
        var draft = new PdfDraft();
        draft.Picture(50, 50, 400);

        var outcome = Assert.IsType<Unreadable>(await draft.TryReadAsync());

        Assert.Equal(UnreadableReason.NeedsRecognition, outcome.Reason);
        Assert.Equal([new Remark(RemarkCode.OnlyPictures, "1", "1")], outcome.Advice);
    }

    [Fact]
    public async Task A_file_cut_or_changed_anywhere_is_read_or_refused()
    {
        var draft = new PdfDraft();
        draft.Lines(72, 700, "Un texte", "de deux lignes").Rule(72, 600, 300, 600).Page().Text(72, 700, "Fin");
        var whole = draft.Build();
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            var file = whole.AsSpan(0, round % 2 == 0 ? whole.Length : whole.Length * (round + 1) / 61).ToArray();
            for (var flip = 0; flip < 4; flip++)
            {
                file[random.Next(8, file.Length)] ^= (byte)(1 << random.Next(8));
            }

            var outcome = await new FormatReaders().ReadAsync(
                file,
                "a.pdf",
                ReadLimits.Default,
                TestContext.Current.CancellationToken);

            Assert.True(outcome is Extracted or Unreadable { Advice.Count: > 0 });
        }
    }

    [Fact]
    public async Task An_accent_drawn_over_its_letter_is_one_letter_with_it()
    {
        var draft = new PdfDraft();
        draft.Text(72, 700, "d").Text(78.7, 700, "\u00b4").Text(77.6, 700, "e").Text(83.2, 700, "cret");

        var block = Assert.IsType<ParagraphBlock>((await draft.ReadAsync()).Blocks[0]);

        Assert.Equal("décret", block.Text);
    }

    [Fact]
    public async Task A_letter_drawn_twice_to_look_bold_is_read_once()
    {
        var draft = new PdfDraft();
        draft.Text(72, 700, "Belle ville").Text(72.3, 700, "Belle ville");

        var block = Assert.IsType<ParagraphBlock>((await draft.ReadAsync()).Blocks[0]);

        Assert.Equal("Belle ville", block.Text);
    }

    [Fact]
    public async Task Lines_that_the_author_ended_stay_lines()
    {
        var draft = new PdfDraft();
        draft.Lines(
            72,
            700,
            "Service des archives",
            "12, rue des Lilas",
            "Cette ligne est longue et va jusqu'au bord de la colonne, comme le fait tout",
            "texte courant.");

        var block = Assert.IsType<ParagraphBlock>(Assert.Single((await draft.ReadAsync()).Blocks));

        Assert.Equal(
            "Service des archives\n12, rue des Lilas\nCette ligne est longue et va jusqu'au bord de la colonne, "
            + "comme le fait tout texte courant.",
            block.Text);
    }

    [Fact]
    public async Task A_numbered_heading_stands_on_the_level_of_its_number()
    {
        var draft = new PdfDraft();
        draft.Text(72, 760, "1 Objet", isBold: true)
            .Lines(72, 740, "La présente note fixe la durée de conservation des dossiers du service.")
            .Text(72, 700, "1.1 Exceptions", isBold: true)
            .Lines(72, 680, "Le dossier d'un mineur est conservé jusqu'à ses vingt-huit ans révolus.");

        var headings = (await draft.ReadAsync()).Blocks.OfType<HeadingBlock>();

        Assert.Equal([1, 2], headings.Select(heading => heading.Level));
    }

    [Fact]
    public async Task Heads_that_change_from_left_to_right_pages_are_left_out()
    {
        var draft = new PdfDraft();
        for (var page = 0; page < 8; page++)
        {
            draft.Text(72, 690, page % 2 == 0 ? "Guide du service" : "A. Martin et B. Roche")
                .Text(72, 600, $"Texte {(char)('A' + page)} de la page.");
            if (page < 7)
            {
                draft.Page();
            }
        }

        var texts = (await draft.ReadAsync()).Blocks.OfType<ParagraphBlock>().Select(block => block.Text);

        Assert.All(texts, text => Assert.StartsWith("Texte", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Arabic_text_of_a_public_file_comes_in_the_order_it_is_spoken()
    {
        var file = Path.Combine(TestFolder.Data("office-public"), "pdf", "sources", "right_to_left_01.pdf");
        var outcome = await new FormatReaders().ReadAsync(
            await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken),
            "a.pdf",
            ReadLimits.Default,
            TestContext.Current.CancellationToken);

        var text = string.Join(' ', Assert.IsType<Extracted>(outcome).Document.Blocks.OfType<ParagraphBlock>()
            .Select(block => block.Text));
        Assert.Contains("تعتبر البرمجة بلغة R و Python من الأدوات القوية", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Page 1 sur 1")]
    [InlineData("1 / 12")]
    [InlineData("- 3 -")]
    public async Task The_number_of_a_single_page_is_left_out(string number)
    {
        var draft = new PdfDraft();
        draft.Text(72, 700, "Le texte de la page.").Text(290, 40, number);

        Assert.Equal("Le texte de la page.",
            Assert.IsType<ParagraphBlock>(Assert.Single((await draft.ReadAsync()).Blocks)).Text);
    }

    [Fact]
    public async Task Text_that_begins_every_page_alike_is_no_running_head()
    {
        var draft = new PdfDraft();
        string[] lines =
        [
            "Le présent article reprend les mêmes mots à chaque page, et il",
            "se poursuit sur plusieurs lignes de suite qui se touchent,",
            "comme le font les lignes d'un paragraphe quand il est long,",
            "et celui-ci l'est assez pour en occuper cinq, ce qui passe",
            "le nombre de lignes d'un en-tête.",
        ];
        draft.Lines(72, 800, lines).Page().Lines(72, 800, lines).Page().Lines(72, 800, lines);

        var blocks = (await draft.ReadAsync()).Blocks.OfType<ParagraphBlock>().ToArray();

        Assert.Equal(3, blocks.Length);
        Assert.All(blocks, block => Assert.StartsWith("Le présent", block.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stamp_across_every_page_is_left_out_and_turned_text_of_one_page_kept()
    {
        var draft = new PdfDraft();
        for (var page = 0; page < 3; page++)
        {
            draft.Text(72, 700, $"Texte {(char)('A' + page)} de cette page.")
                .Raw("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 150 300 Tm (CONFIDENTIEL) Tj ET\n");
            if (page < 2)
            {
                draft.Page();
            }
        }

        draft.Raw("BT /F1 10 Tf 0 1 -1 0 30 300 Tm (dans la marge) Tj ET\n");

        var texts = (await draft.ReadAsync()).Blocks.OfType<ParagraphBlock>().Select(block => block.Text);

        Assert.Equal(
            "Texte A de cette page.|Texte B de cette page.|Texte C de cette page.|dans la marge",
            string.Join('|', texts));
    }
}
