using System.Text;
using Terroir.Documents;
using Terroir.Readers.Pdf;

namespace Terroir.Tests.Readers.Pdf;

/// <summary>What a file holds beside its pages: tags, form fields, locks; and the bounds.</summary>
public sealed class PdfSourceTests
{
    [Fact]
    public async Task Tags_say_what_is_a_heading_and_what_is_a_running_head()
    {
        var draft = new PdfDraft
        {
            Catalog = "/MarkInfo<</Marked true>>/StructTreeRoot 100 0 R",
            Objects =
            [
                "<</Type/StructTreeRoot/ParentTree 102 0 R/RoleMap<</Titre/H2>>>>",
                "<</Type/StructElem/S/Titre/P 100 0 R/K 0>>",
                "<</Nums[0[101 0 R 103 0 R]]>>",
                "<</Type/StructElem/S/P/P 100 0 R/K 1>>",
            ],
        };
        draft.Raw("/Artifact <</Type/Pagination>> BDC\n").Text(72, 800, "Guide du service").Raw("EMC\n")
            .Raw("/Titre <</MCID 0>> BDC\n").Text(72, 700, "conservation").Raw("EMC\n")
            .Raw("/P <</MCID 1>> BDC\n").Text(72, 670, "Vingt ans", size: 18).Raw("EMC\n");

        var blocks = (await draft.ReadAsync()).Blocks;

        Assert.Equal("conservation", Assert.IsType<HeadingBlock>(blocks[0]).Text);
        Assert.Equal(2, ((HeadingBlock)blocks[0]).Level);
        Assert.Equal("Vingt ans", Assert.IsType<ParagraphBlock>(blocks[1]).Text);
        Assert.Equal(2, blocks.Count);
    }

    [Fact]
    public async Task A_broken_structure_tree_costs_no_text()
    {
        var draft = new PdfDraft
        {
            Catalog = "/StructTreeRoot 100 0 R",
            Objects = ["<</ParentTree 101 0 R>>", "<</Kids[101 0 R 101 0 R]/Nums[0 102 0 R]>>", "102 0 R"],
        };
        draft.Raw("/P <</MCID 7>> BDC\n").Text(72, 700, "Bonjour").Raw("EMC\n");

        Assert.Equal("Bonjour", Assert.IsType<ParagraphBlock>(Assert.Single((await draft.ReadAsync()).Blocks)).Text);
    }

    [Fact]
    public async Task Values_of_form_fields_stand_behind_their_labels()
    {
        var draft = new PdfDraft
        {
            Catalog = "/AcroForm<</Fields[100 0 R]>>",
            Objects =
            [
                "<</FT/Tx/T(nom)/V(Nadia Benali)/Type/Annot/Subtype/Widget/Rect[120 696 300 712]/P 20 0 R>>",
            ],
        };
        draft.Text(72, 700, "Nom :").Annotation(" 100 0 R ");

        var block = Assert.IsType<ParagraphBlock>(Assert.Single((await draft.ReadAsync()).Blocks));

        Assert.Equal("Nom : Nadia Benali", block.Text);
    }

    [Fact]
    public async Task A_locked_file_with_an_empty_password_is_read()
    {
        var draft = new PdfDraft { Password = "" };
        draft.Text(72, 700, "Bonjour");

        Assert.Equal("Bonjour", Assert.IsType<ParagraphBlock>(Assert.Single((await draft.ReadAsync()).Blocks)).Text);
    }

    [Fact]
    public async Task A_locked_file_with_a_password_says_so()
    {
        var draft = new PdfDraft { Password = "secret" };
        draft.Text(72, 700, "Bonjour");

        Assert.Equal(UnreadableReason.Encrypted, Assert.IsType<Unreadable>(await draft.TryReadAsync()).Reason);
    }

    [Fact]
    public async Task A_page_with_too_many_letters_is_cut_and_says_so()
    {
        var line = new string('a', 1_000);
        var text = new StringBuilder("BT /F1 1 Tf 1 0 0 1 0 800 Tm 1 TL\n");
        for (var index = 0; index < (PdfSheet.LetterCountMax / 1_000) + 5; index++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"({line}) Tj T*\n");
        }

        var draft = new PdfDraft();
        draft.Raw(text.Append("ET\n").ToString());

        var document = await draft.ReadAsync();

        Assert.Equal(RemarkCode.PagesCut, Assert.Single(document.Warnings).Code);
    }

    [Fact]
    public async Task A_page_full_of_rules_and_single_letters_ends_in_time()
    {
        var draft = new PdfDraft();
        for (var index = 0; index < 4_000; index++)
        {
            draft.Text(20 + (index % 80 * 7), 820 - (index / 80 * 16), "x", 6);
            draft.Rule(10, 800 - (index * 0.2), 580, 800 - (index * 0.2));
        }

        Assert.IsType<Extracted>(await draft.TryReadAsync());
    }

    [Fact]
    public async Task Letters_thrown_to_infinity_are_left_out()
    {
        var draft = new PdfDraft();
        draft.Text(72, 700, "Bonjour")
            .Raw("BT /F1 10 Tf 1 0 0 1 99999999999999999999999999999999 1 Tm (perdu) Tj ET\n");

        Assert.Equal("Bonjour", Assert.IsType<ParagraphBlock>(Assert.Single((await draft.ReadAsync()).Blocks)).Text);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_asked_to()
    {
        var draft = new PdfDraft();
        draft.Text(72, 700, "Bonjour");
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            new PdfReader().Read(draft.Build(), ReadLimits.Default, stop.Token));
    }

    [Fact]
    public void Running_heads_are_kept_on_request()
    {
        var draft = new PdfDraft();
        for (var page = 0; page < 4; page++)
        {
            draft.Text(72, 810, "Guide du service").Text(72, 600, $"Texte {(char)('A' + page)}");
            if (page < 3)
            {
                draft.Page();
            }
        }

        var document = new PdfReader(keepsRunningHeads: true).Read(
            draft.Build(),
            ReadLimits.Default,
            TestContext.Current.CancellationToken);

        Assert.Equal(4, document.Blocks.OfType<ParagraphBlock>().Count(block =>
            block.Text.Contains("Guide", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_font_that_does_not_say_its_letters_lowers_the_confidence_of_its_page()
    {
        var draft = new PdfDraft();
        draft.Text(72, 700, "Texte lisible").Raw("BT /F4 10 Tf 72 650 Td <002400250026002700280029> Tj ET\n")
            .Page().Text(72, 700, "Texte lisible");

        var document = await draft.ReadAsync();

        Assert.InRange(document.Pages[0].Confidence, 0.1, 0.9);
        Assert.Equal(1, document.Pages[1].Confidence);
        Assert.Equal([new Remark(RemarkCode.PagesUnmapped, "1", "1")], document.Warnings);
    }

    [Fact]
    public void A_document_with_more_text_than_allowed_is_cut_and_says_so()
    {
        var draft = new PdfDraft();
        draft.Text(72, 700, "une page").Page().Text(72, 700, "deux pages").Page().Text(72, 700, "trois pages");

        var document = new PdfReader().Read(
            draft.Build(),
            ReadLimits.Default with { TextLengthMax = 10 },
            TestContext.Current.CancellationToken);

        Assert.Equal(2, document.Blocks.OfType<ParagraphBlock>().Count());
        Assert.Equal([new Remark(RemarkCode.PagesUnread, "2", "3")], document.Warnings);
    }

    [Fact]
    public async Task A_footnote_with_an_asterisk_keeps_its_mark()
    {
        var draft = new PdfDraft();
        draft.Text(72, 700, "* hors personnel en formation");

        Assert.Equal("* hors personnel en formation",
            Assert.IsType<ParagraphBlock>(Assert.Single((await draft.ReadAsync()).Blocks)).Text);
    }
}
