using Terroir.Catalog;
using Terroir.Retrieval.Segments;
using Terroir.Storage;

namespace Terroir.Tests.Retrieval;

/// <summary>Damage to a segment is found before a byte of it is used, named, and mended from the documents.</summary>
public sealed class RepairTests : IAsyncDisposable
{
    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    // The parts of a segment, and with 'cut' its end: one bit of each is changed.
    [Theory]
    [InlineData("header")]
    [InlineData("ids")]
    [InlineData("firsts")]
    [InlineData("lengths")]
    [InlineData("passages")]
    [InlineData("terms")]
    [InlineData("names")]
    [InlineData("postings")]
    [InlineData("padding")]
    [InlineData("digests")]
    [InlineData("seal")]
    [InlineData("cut")]
    public async Task A_damaged_segment_is_named_and_repaired(string section)
    {
        await WriteAsync();
        var before = await ShowAsync();
        var segment = (await StateAsync()).Segments[0];
        await DamageAsync(segment, section);
        await _site.ReopenAsync();

        var error = await Assert.ThrowsAnyAsync<TerroirException>(ShowAsync);
        Assert.Contains(segment.Hash.Hex, error.Message, StringComparison.Ordinal);

        var found = await RepairAsync(isDryRun: true);
        var fault = section is "cut" ? SegmentFault.Missing : SegmentFault.Damaged;
        Assert.Equal((segment.Hash, fault, 3), (found.Segment, found.Fault, found.DocumentCount));
        Assert.Null(found.Replacement);
        await Assert.ThrowsAnyAsync<TerroirException>(ShowAsync);

        var repaired = await RepairAsync(isDryRun: false);
        Assert.Empty(repaired.Unreadable);
        await _site.ReopenAsync();

        Assert.Equal(before, await ShowAsync());
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
        await using var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        Assert.Empty((await writer.RepairAsync(isDryRun: false, Stop)).Segments);
    }

    [Fact]
    public async Task A_segment_of_an_older_analysis_answers_by_words_until_repair_writes_it_anew()
    {
        await using var site = new TestSite(segments: new WordSegmentBuilder());
        await WriteAsync(site, TestDocuments.Prepare("a", "article L. 1234-5 du code, dose de 5 mg"));
        await site.ReopenAsync();

        Assert.Single(await site.SearchAsync("article du code"));
        Assert.Empty(await site.SearchAsync("5mg"));

        await using (var writer = await site.Catalog.OpenWriterAsync(TestSite.Collection, Stop))
        {
            var repaired = Assert.Single((await writer.RepairAsync(isDryRun: false, Stop)).Segments);
            Assert.Equal((SegmentFault.Outdated, 1), (repaired.Fault, repaired.DocumentCount));
            Assert.Empty((await writer.RepairAsync(isDryRun: false, Stop)).Segments);
        }

        Assert.Single(await site.SearchAsync("5mg"));
        Assert.Single(await site.SearchAsync("L1234-5"));
    }

    [Fact]
    public async Task A_segment_of_layout_1_is_read_and_repair_writes_it_anew()
    {
        var old = await File.ReadAllBytesAsync(
            Path.Combine(AppContext.BaseDirectory, "golden", "segment", "1", "four.seg"),
            Stop);

        Assert.Equal(4, new SegmentReader(old).Documents.Count);
        Assert.False(new PostingSegmentBuilder().IsCurrent(old));
    }

    [Fact]
    public async Task A_document_whose_bytes_are_gone_too_is_told_and_the_others_are_found()
    {
        await WriteAsync();
        var state = await StateAsync();
        await DamageAsync(state.Segments[0], "postings");
        var lost = state.Documents[0].Document;
        await using var stream = File.OpenWrite(PathOf(lost.Text.Container));
        stream.Position = lost.Text.Offset;
        stream.WriteByte(0);
        await stream.DisposeAsync();
        await _site.ReopenAsync();

        var repaired = await RepairAsync(isDryRun: false);

        Assert.Equal([lost.Id], repaired.Unreadable);
        Assert.DoesNotContain(await _site.SearchAsync("parking"), hit => hit.Document.Id == lost.Id);
        Assert.Equal(2, (await _site.SearchAsync("parking")).Count);
        Assert.Equal(3, (await StateAsync()).Documents.Count);
    }

    private static long PlaceOf(SegmentHeader header, string section) => section switch
    {
        "header" => 9,
        "ids" => SegmentFormat.HeaderSizeBytes,
        "firsts" => header.FirstsAt,
        "lengths" => header.LengthsAt,
        "passages" => header.PassagesAt,
        "terms" => header.TermsAt,
        "names" => header.NamesAt,
        "postings" => header.PostingsAt,
        "padding" => header.BodySize - 1,
        "digests" => header.BodySize,
        _ => header.SizeBytes - 1,
    };

    private Task WriteAsync() => WriteAsync(
        _site,
        TestDocuments.Prepare("a", "parking de l'hôpital"),
        TestDocuments.Prepare("b", "tarif du parking"),
        TestDocuments.Prepare("c", "parking des visiteurs"));

    private static async Task WriteAsync(TestSite site, params PreparedDocument[] documents)
    {
        await site.Catalog.CreateCollectionAsync(TestSite.Collection, Stop);
        await using var writer = await site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        await writer.CommitAsync(new CatalogChange { Added = documents }, Stop);
    }

    private async Task DamageAsync(SegmentRow segment, string section)
    {
        await using var stream = File.Open(PathOf(segment.Hash), FileMode.Open, FileAccess.ReadWrite);
        if (section is "cut")
        {
            stream.SetLength(stream.Length - 1);
            return;
        }

        var bytes = new byte[SegmentFormat.HeaderSizeBytes];
        await stream.ReadExactlyAsync(bytes, Stop);
        stream.Position = PlaceOf(SegmentHeader.Read(bytes), section);
        var value = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(value ^ 1));
    }

    private string PathOf(ContentHash hash) =>
        Path.Combine(_site.Data.Path, "objects", BlobKey.ForContent(hash).Value);

    private async Task<CollectionState> StateAsync() =>
        (await _site.Catalog.ReadStateAsync(TestSite.Collection, 0, Stop))!;

    private async Task<SegmentRepair> RepairAsync(bool isDryRun)
    {
        await using var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        return Assert.Single((await writer.RepairAsync(isDryRun, Stop)).Segments);
    }

    private async Task<string> ShowAsync() => string.Join(
        '\n',
        (await _site.SearchAsync("tarif du parking")).Select(hit => FormattableString.Invariant(
            $"{hit.Document.Path} {hit.Score:R} {hit.Text}")));
}
