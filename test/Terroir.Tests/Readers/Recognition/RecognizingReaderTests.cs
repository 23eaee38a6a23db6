using Terroir.Documents;
using Terroir.Readers;
using Terroir.Readers.Recognition;

namespace Terroir.Tests.Readers.Recognition;

/// <summary>When recognition is asked for, and how pages are put together; no program runs here.</summary>
public sealed class RecognizingReaderTests
{
    private static readonly RecognitionPrograms Complete = new("tesseract 5", ["fra", "eng"], CanDraw: true, []);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_programs_a_picture_stays_refused_and_the_packages_are_named()
    {
        var missing = Complete with { Packages = ["tesseract-ocr", "poppler-utils"] };

        var outcome = await ReadAsync("GIF89a"u8.ToArray(), new RecognitionOptions(), missing, Text("never", 1));

        var refusal = Assert.IsType<Unreadable>(outcome);
        Assert.Equal(UnreadableReason.NeedsRecognition, refusal.Reason);
        Assert.Equal(
            [
                new Remark(RemarkCode.FileIsPicture),
                new Remark(RemarkCode.InstallRecognition, "tesseract-ocr poppler-utils"),
            ],
            refusal.Advice);
    }

    [Fact]
    public async Task Where_it_is_switched_off_a_picture_stays_refused()
    {
        var options = new RecognitionOptions { Enabled = false };

        var outcome = await ReadAsync("GIF89a"u8.ToArray(), options, Complete, Text("never", 1));

        Assert.Equal(UnreadableReason.NeedsRecognition, Assert.IsType<Unreadable>(outcome).Reason);
    }

    [Fact]
    public async Task Without_the_programs_a_scanned_page_among_others_is_a_warning_that_names_the_packages()
    {
        var missing = Complete with { Packages = ["tesseract-ocr"] };

        var outcome = await ReadAsync(Scan.ToPdf(null, Dot), new RecognitionOptions(), missing, Text("never", 1));

        var document = Assert.IsType<Extracted>(outcome).Document;
        Assert.Equal(
            [
                new Remark(RemarkCode.PagesWithoutText, "2", "1"),
                new Remark(RemarkCode.InstallRecognition, "tesseract-ocr"),
            ],
            document.Warnings);
        Assert.True(document.Pages[1].NeedsRecognition);
    }

    [Fact]
    public async Task A_file_without_scans_is_not_recognised()
    {
        var outcome = await ReadAsync("text"u8.ToArray(), new RecognitionOptions(), Complete, Text("never", 1));

        Assert.Equal("text", Assert.IsType<ParagraphBlock>(Assert.IsType<Extracted>(outcome).Document.Blocks[0]).Text);
    }

    [Fact]
    public async Task What_recognition_could_not_read_either_leaves_the_other_pages_as_they_are()
    {
        var refusal = new Unreadable(UnreadableReason.TooSlow, "recognition", new Remark(RemarkCode.TookTooLong, "20"));

        var outcome = await ReadAsync(Scan.ToPdf(null, Dot), new RecognitionOptions(), Complete, refusal);

        var document = Assert.IsType<Extracted>(outcome).Document;
        Assert.Equal([new Remark(RemarkCode.RecognitionGaveUp), .. refusal.Advice], document.Warnings.Skip(1));
        Assert.Equal(1, document.Blocks[0].Place.Page);
    }

    [Fact]
    public void A_recognised_page_replaces_letters_that_mean_nothing_and_keeps_its_place()
    {
        var read = new ExtractedDocument
        {
            MediaType = "application/pdf",
            Reader = "pdf",
            Blocks = [.. Page(1, "one"), .. Page(2, "???"), .. Page(3, "three")],
            Pages =
            [
                new PageReading(1, 1),
                new PageReading(2, 0.1, new Remark(RemarkCode.PageUnmapped)) { NeedsRecognition = true },
                new PageReading(3, 1),
            ],
        };

        var whole = RecognizedPages.Insert(read, Text("two", 2)).Document;

        Assert.Equal(
            ["one", "two", "three"],
            whole.Blocks.OfType<ParagraphBlock>().Select(block => block.Text),
            StringComparer.Ordinal);
        Assert.Equal([1, 2, 2, 3, 3], whole.Blocks.Select(block => block.Place.Page!.Value));
        Assert.Equal([1, 0.9, 1], whole.Pages.Select(page => page.Confidence));
    }

    [Theory]
    [InlineData("fra", true)]
    [InlineData("fra+eng+chi_sim", true)]
    [InlineData("", false)]
    [InlineData("fra eng", false)]
    [InlineData("fra+", false)]
    [InlineData("-l", false)]
    public void A_language_is_a_name_and_never_an_option_of_the_program(string language, bool isRight) =>
        Assert.Equal(isRight, new RecognitionOptions { Language = language }.FindFault() is null);

    [Fact]
    public void Words_have_the_line_that_they_stand_on_and_how_sure_the_engine_is()
    {
        var words = Hocr.Read("""
            <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://example.org/never-asked">
            <html><body><div class='ocr_page' title='image "stdin"; bbox 0 0 100 100'>
            <span class='ocr_line' title="bbox 10 20 90 40; baseline 0.01 -5; x_size 30; x_descenders 6; x_ascenders 7">
            <span class='ocrx_word' title='bbox 10 20 50 38; x_wconf 96'><strong>l&#39;été</strong></span>
            <span class='ocrx_word' title='bbox 60 20 90 38; x_wconf 41'>fin</span>
            <span class='ocrx_word' title='bbox 92 20 93 38; x_wconf 3'> </span>
            </span></div></body></html>
            """u8.ToArray());

        Assert.Equal(
            [
                new RecognizedWord("l'été", 10, 20, 50, 38, 35.2, 30, 0.96, 2),
                new RecognizedWord("fin", 60, 20, 90, 38, 35.65, 30, 0.41, 2),
            ],
            words);
    }

    private static Scan Dot => new(1, 1, [0]);

    private static Block[] Page(int number, string text)
    {
        var place = new SourcePlace { Page = number };
        return number == 1 ? [new ParagraphBlock(text, place)]
            : [new PageBreakBlock(place), new ParagraphBlock(text, place)];
    }

    private static Extracted Text(string text, int page) => new(new ExtractedDocument
    {
        MediaType = "application/pdf",
        Reader = "recognition",
        Blocks = [new ParagraphBlock(text, new SourcePlace { Page = page })],
        Pages = [new PageReading(page, 0.9, new Remark(RemarkCode.PageDoubted, "10"))],
    });

    private static async Task<ReadOutcome> ReadAsync(
        byte[] content,
        RecognitionOptions options,
        RecognitionPrograms programs,
        ReadOutcome recognized)
    {
        using var recognizer = new ScanRecognizer(
            (_, _, _) => ValueTask.FromResult(recognized),
            options,
            _ => Task.FromResult(programs));
        return await new RecognizingReader(new FormatReaders(), recognizer)
            .ReadAsync(content, "file", ReadLimits.Default, Stop);
    }
}
