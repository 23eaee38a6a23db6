using Terroir.Documents;
using Terroir.Readers;
using Terroir.Readers.Recognition;
using Terroir.Tests.Readers.Pdf;

namespace Terroir.Tests.Readers.Recognition;

/// <summary>Scans over which an earlier recognition, or another program, put a layer of text.</summary>
public sealed class PoorLayerTests
{
    private static readonly string[] Printed =
    [
        "Les produits froids sont rangés dès leur arrivée dans la",
        "chambre froide de la pharmacie, et la température est",
        "notée deux fois par jour dans le registre du service.",
    ];

    private static readonly string[] Garbled =
    [
        "Les pr0du1ts fr0ids s0nt r;ngés d^s leur arr!vée d§ns la",
        "ch,mbre fr0ide de la ph*rm;cie, et la te~p3rature est",
        "n0tée deux fo|s par j0ur dans le reg!stre du serv1ce.",
    ];

    private static readonly string[] Exchanged =
    [
        "Mft qspevjut gspjet tpou sbohft eft mfvs bssjwff ebot mb",
        "dibncsf gspjef ef mb qibsnbdjf, fu mb ufnqfsbuvsf ftu",
        "opuff efvy gpjt qbs kpvs ebot mf sfhjtusf ev tfswjdf.",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Words_that_cannot_be_words_give_way_to_what_the_picture_shows(bool isExchanged)
    {
        await Scan.RequireProgramsAsync();
        var scan = await Scan.OfAsync(new PdfDraft().Lines(72, 700, Printed));

        var outcome = await Scan.ReadAsync(
            Scan.ToPdf(scan with { Layer = isExchanged ? Exchanged : Garbled }),
            "note.pdf");

        var document = Assert.IsType<Extracted>(outcome).Document;
        Assert.Equal(string.Join(' ', Printed), TextOf(document));
        var page = Assert.Single(document.Pages);
        Assert.Equal(RemarkCode.PageDoubted, page.Reason!.Code);
        Assert.InRange(page.Confidence, 0.85, 1);
        Assert.Equal([new Remark(RemarkCode.PagesRecognized, "1", "1")], document.Warnings);
    }

    [Fact]
    public async Task A_layer_of_true_words_is_kept_and_nothing_is_recognised()
    {
        var document = await ReadAsync(new Scan(1, 1, [0]) { Layer = Printed }, "something else", packages: []);

        Assert.Equal(string.Join(' ', Printed), TextOf(document));
        Assert.Equal(RemarkCode.PageHasHiddenText, Assert.Single(document.Pages).Reason!.Code);
        Assert.Empty(document.Warnings);
    }

    [Fact]
    public async Task Without_the_programs_the_layer_stays_with_a_lower_confidence_and_the_reason()
    {
        var scan = new Scan(1, 1, [0]) { Layer = Garbled };

        var document = await ReadAsync(scan, "something else", packages: ["tesseract-ocr"]);

        Assert.StartsWith("Les pr0du1ts", TextOf(document), StringComparison.Ordinal);
        var page = Assert.Single(document.Pages);
        Assert.InRange(page.Confidence, 0.1, 0.6);
        Assert.Equal(RemarkCode.PageImplausible, page.Reason!.Code);
        Assert.Equal(
            [
                new Remark(RemarkCode.PagesImplausible, "1", "1"),
                new Remark(RemarkCode.InstallRecognition, "tesseract-ocr"),
            ],
            document.Warnings);
    }

    [Theory]
    [InlineData("L~s pr0dv1ts fr0|ds s0nt r;ngxs d^s l^ur ;rr!vxe d§ns l; chqmbrx fr0|de d~ lq ph*rm;cie xt")]
    [InlineData("Les produits froids")]
    public async Task A_recognition_that_is_no_better_changes_nothing(string recognized)
    {
        var document = await ReadAsync(new Scan(1, 1, [0]) { Layer = Garbled }, recognized, packages: []);

        Assert.StartsWith("Les pr0du1ts", TextOf(document), StringComparison.Ordinal);
        Assert.Equal(RemarkCode.PageImplausible, Assert.Single(document.Pages).Reason!.Code);
        Assert.Contains(new Remark(RemarkCode.PagesImplausible, "1", "1"), document.Warnings);
    }

    private static string TextOf(ExtractedDocument document) => string.Join(
        ' ',
        document.Blocks.OfType<ParagraphBlock>().Select(block => block.Text.ReplaceLineEndings(" ")));

    private static async Task<ExtractedDocument> ReadAsync(Scan scan, string recognized, IReadOnlyList<string> packages)
    {
        var answer = new Extracted(new ExtractedDocument
        {
            MediaType = "application/pdf",
            Reader = Recognizer.Name,
            Blocks = [new ParagraphBlock(recognized, new SourcePlace { Page = 1 })],
            Pages = [new PageReading(1, 0.9, new Remark(RemarkCode.PageDoubted, "10"))],
        });
        using var recognizer = new ScanRecognizer(
            (_, _, _) => ValueTask.FromResult<ReadOutcome>(answer),
            new RecognitionOptions(),
            _ => Task.FromResult(new RecognitionPrograms("tesseract 5", ["fra", "eng"], CanDraw: true, packages)));
        var outcome = await new RecognizingReader(new FormatReaders(), recognizer)
            .ReadAsync(Scan.ToPdf(scan), "note.pdf", ReadLimits.Default, Stop);
        return Assert.IsType<Extracted>(outcome).Document;
    }
}
