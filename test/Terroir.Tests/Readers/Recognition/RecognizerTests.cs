using Terroir.Documents;
using Terroir.Tests.Readers.Pdf;

namespace Terroir.Tests.Readers.Recognition;

/// <summary>Scans that are made here, read by the real programs.</summary>
public sealed class RecognizerTests
{
    private static PdfDraft Letter => new PdfDraft()
        .Text(72, 760, "Consignes de la pharmacie", size: 20)
        .Lines(72, 700, "Les produits froids sont rangés dès leur arrivée, et la tempé-", "rature est notée le matin.");

    [Fact]
    public async Task A_scanned_page_gives_heading_and_paragraph_with_their_places_and_its_confidence()
    {
        await Scan.RequireProgramsAsync();

        var document = Read(await Scan.ReadAsync(Scan.ToPdf(await Scan.OfAsync(Letter)), "lettre.pdf"));

        var heading = Assert.IsType<HeadingBlock>(document.Blocks[0]);
        var paragraph = Assert.IsType<ParagraphBlock>(document.Blocks[1]);
        Assert.Equal("Consignes de la pharmacie", heading.Text);
        Assert.Equal(
            "Les produits froids sont rangés dès leur arrivée, et la température est notée le matin.",
            paragraph.Text);
        Assert.Equal(1, heading.Place.Page);
        Assert.InRange(heading.Place.Box!.Left, 70, 75);
        Assert.InRange(heading.Place.Box.Bottom, 752, 762);
        var page = Assert.Single(document.Pages);
        Assert.InRange(page.Confidence, 0.85, 1);
        Assert.Equal(RemarkCode.PageDoubted, page.Reason!.Code);
        Assert.Contains(new Remark(RemarkCode.PagesRecognized, "1", "1"), document.Warnings);
    }

    [Fact]
    public async Task A_page_upside_down_or_on_its_side_is_read_and_its_places_are_those_of_the_page()
    {
        await Scan.RequireProgramsAsync();
        var scan = await Scan.OfAsync(Letter);
        var other = await Scan.OfAsync(new PdfDraft()
            .Text(72, 760, "Horaires du service", size: 20)
            .Lines(72, 700, "La pharmacie ouvre à huit heures et ferme à dix-huit", "heures, sauf le dimanche matin."));

        var document = Read(await Scan.RecognizeAsync(Scan.ToTiff(scan.UpsideDown(), other.OnItsSide()), "lettre.tif"));

        var headings = document.Blocks.OfType<HeadingBlock>().ToArray();
        Assert.Equal(
            ["Consignes de la pharmacie", "Horaires du service"],
            headings.Select(block => block.Text),
            StringComparer.Ordinal);
        Assert.Equal([1, 2], headings.Select(block => block.Place.Page!.Value));

        // What was at the upper left is at the lower right, and after a quarter turn at the upper right.
        var (below, aside) = (headings[0].Place.Box!, headings[1].Place.Box!);
        Assert.True(below.Right > 450 && below.Top < 120, $"{below}");
        Assert.True(aside.Left > 700 && aside.Top > 450 && aside.Top - aside.Bottom > 150, $"{aside}");
    }

    [Fact]
    public async Task A_page_aslant_is_made_level_and_its_boxes_lie_on_the_page_as_scanned()
    {
        await Scan.RequireProgramsAsync();
        var draft = new PdfDraft().Raw("q 0.99863 0.05234 -0.05234 0.99863 0 0 cm\n");
        for (var line = 0; line < 12; line++)
        {
            draft.Text(90, 640 - (20 * line), "Les produits froids sont rangés ici dès leur arrivée", size: 14);
        }

        var document = Read(await Scan.ReadAsync(Scan.ToPdf(await Scan.OfAsync(draft.Raw("Q\n"))), "a.pdf"));

        var first = document.Blocks[0].Place.Box!;
        Assert.StartsWith(
            "Les produits froids sont rangés ici dès leur arrivée Les produits",
            ((ParagraphBlock)document.Blocks[0]).Text.ReplaceLineEndings(" "),
            StringComparison.Ordinal);

        // The first line begins at 90, 640, which the drawing turned by three degrees.
        Assert.InRange(first.Left, 50, 62);
        Assert.InRange(first.Top, 640, 680);
    }

    [Fact]
    public async Task Of_a_file_with_both_only_pages_without_a_text_layer_are_recognised_and_stand_in_their_place()
    {
        await Scan.RequireProgramsAsync();

        var document = Read(await Scan.ReadAsync(Scan.ToPdf(null, await Scan.OfAsync(Letter), null), "dossier.pdf"));

        Assert.Equal(
            [1, 2, 2, 3],
            document.Blocks.Where(block => block is not PageBreakBlock).Select(block => block.Place.Page!.Value));
        Assert.Equal([2, 3], document.Blocks.OfType<PageBreakBlock>().Select(block => block.Place.Page!.Value));
        Assert.Equal([1, 3], document.Pages.Where(page => page.Confidence == 1).Select(page => page.Page));
        Assert.Contains(new Remark(RemarkCode.PagesRecognized, "2", "1"), document.Warnings);
        Assert.DoesNotContain(document.Warnings, warning => warning.Code is RemarkCode.PagesWithoutText);
    }

    [Fact]
    public async Task A_blank_picture_is_refused_and_never_read_as_silence()
    {
        await Scan.RequireProgramsAsync();
        var blank = new Scan(400, 300, [.. Enumerable.Repeat((byte)250, 400 * 300)]);

        var refusal = Assert.IsType<Unreadable>(await Scan.ReadAsync(Scan.ToTiff(blank), "blanc.tif"));

        Assert.Equal((UnreadableReason.NeedsRecognition, "recognition"), (refusal.Reason, refusal.Reader));
        Assert.Equal([new Remark(RemarkCode.NothingRecognized)], refusal.Advice);
    }

    [Fact]
    public async Task A_picture_that_would_unpack_to_too_many_dots_is_refused_by_its_header()
    {
        await Scan.RequireProgramsAsync();
        var bomb = Scan.ToTiff(new Scan(4, 4, new byte[16]));

        // The directory's first entries are width and height: the value stands 8 bytes into each.
        var directory = BitConverter.ToInt32(bomb, 4);
        BitConverter.TryWriteBytes(bomb.AsSpan(directory + 2 + 8), 100_000);
        BitConverter.TryWriteBytes(bomb.AsSpan(directory + 2 + 12 + 8), 100_000);

        var refusal = Assert.IsType<Unreadable>(await Scan.ReadAsync(bomb, "bombe.tif"));

        Assert.Equal(UnreadableReason.TooLarge, refusal.Reason);
        Assert.Equal([new Remark(RemarkCode.PictureTooLarge, "64", "300")], refusal.Advice);
    }

    [Theory]
    [InlineData("GIF89a")]
    [InlineData("\u0089PNG\r\n\u001a\n")]
    public async Task A_damaged_picture_is_refused(string start)
    {
        await Scan.RequireProgramsAsync();

        var refusal = Assert.IsType<Unreadable>(
            await Scan.ReadAsync(System.Text.Encoding.Latin1.GetBytes($"{start}and nothing that follows"), "a.png"));

        Assert.Equal(UnreadableReason.Broken, refusal.Reason);
    }

    private static ExtractedDocument Read(ReadOutcome outcome) => Assert.IsType<Extracted>(outcome).Document;
}
