using Terroir.Documents;
using Terroir.Readers.Workers;

namespace Terroir.Tests.Readers.Workers;

/// <summary>Frames between the pool and its processes.</summary>
public sealed class WorkerFramesTests
{
    private const long SizeMax = 1 << 20;

    private static readonly SourcePlace Place = new()
    {
        Page = 3,
        Box = new PageBox(1.5, 2, 3, 4.25),
        Sheet = "Été",
        Cells = "B2:D9",
        Bytes = new ByteRange(5, 8),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_block_comes_back_as_it_was()
    {
        Block[] blocks =
        [
            new HeadingBlock(2, "Où ?", Place),
            new ParagraphBlock("l'œuvre\n« d'été »", Place),
            new ListItemBlock(1, 4, "quatre", Place),
            new TableBlock([new TableRow(["a", ""], Place)], 1, Place),
            new CodeBlock("  x", Place),
            new CaptionBlock("Figure 1", Place),
            new PageBreakBlock(Place),
        ];
        Assert.Empty(typeof(Block).Assembly.GetTypes().Where(kind => kind.IsSubclassOf(typeof(Block)))
            .Except(blocks.Select(block => block.GetType())));
        var document = new ExtractedDocument
        {
            MediaType = "text/plain",
            Reader = "text",
            Title = "Titre",
            Authors = ["A. Né"],
            ModifiedAt = new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.FromHours(1)),
            Blocks = blocks,
            Embedded = [new EmbeddedFile("a/b.txt", "un"u8.ToArray()), new EmbeddedFile("c.txt", "deux"u8.ToArray())],
            Warnings = [new Remark(RemarkCode.PagesWithoutText, "2", "1")],
        };

        var outcome = Assert.IsType<Extracted>(await SendAsync(new Extracted(document)));

        Assert.Equivalent(document with { Embedded = [] }, outcome.Document with { Embedded = [] }, strict: true);
        Assert.Equal(["a/b.txt:un", "c.txt:deux"], outcome.Document.Embedded.Select(file =>
            $"{file.Path}:{System.Text.Encoding.UTF8.GetString(file.Content.Span)}"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_verdict_comes_back_as_it_was()
    {
        var verdict = new Unreadable(
            UnreadableReason.Encrypted,
            "pdf",
            new Remark(RemarkCode.AsksForPassword),
            Remark.Said("So."));

        Assert.Equal(verdict, await SendAsync(verdict));
    }

    [Fact]
    public async Task A_frame_that_is_cut_is_the_end()
    {
        using var stream = new MemoryStream();
        await WorkerFrames.WriteAsync(stream, new ReadRequest("f", ReadLimits.Default), ["bytes"u8.ToArray()], Stop);
        var whole = stream.ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            using var part = new MemoryStream(whole[..length]);
            Assert.Null(await WorkerFrames.ReadAsync<ReadRequest>(part, SizeMax, Stop));
        }
    }

    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(0, long.MaxValue)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(-1, 0)]
    [InlineData(2, -1)]
    [InlineData(4, 0)]
    public async Task A_frame_that_lies_is_refused(long jsonLength, long bodyLength)
    {
        using var stream = new MemoryStream(
            [.. BitConverter.GetBytes(jsonLength), .. BitConverter.GetBytes(bodyLength), .. "null"u8.ToArray()]);

        await Assert.ThrowsAsync<InvalidDataException>(() =>
            WorkerFrames.ReadAsync<ReadRequest>(stream, SizeMax, Stop));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Fewer_bytes_than_promised_are_refused(int size)
    {
        var document = new ExtractedDocument { MediaType = "application/zip", Reader = "zip", Blocks = [] };

        Assert.Throws<InvalidDataException>(() => WorkerFrames.PutTogether(
            new WireOutcome(document, [new WireFile("a", size)], Unreadable: null),
            "ab"u8.ToArray()));
    }

    private static async Task<ReadOutcome> SendAsync(ReadOutcome outcome)
    {
        using var stream = new MemoryStream();
        var (wire, body) = WorkerFrames.TakeApart(outcome);
        await WorkerFrames.WriteAsync(stream, new WorkerMessage { Done = wire }, body, Stop);
        stream.Position = 0;
        var frame = await WorkerFrames.ReadAsync<WorkerMessage>(stream, SizeMax, Stop);
        return WorkerFrames.PutTogether(frame!.Message.Done!, frame.Body);
    }
}
