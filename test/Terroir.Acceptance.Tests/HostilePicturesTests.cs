using System.Buffers.Binary;
using System.IO.Compression;
using Terroir.Documents;
using Terroir.Readers.Recognition;
using Terroir.Readers.Workers;

namespace Terroir.Acceptance.Tests;

/// <summary>Hostile pictures, read by the real programs in the real process.</summary>
public sealed class HostilePicturesTests : IDisposable
{
    private readonly ScanRecognizer _recognizer = new(ReadWorkerCommand.Find(), size: 1, new RecognitionOptions());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _recognizer.Dispose();

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(65_535, 65_535)]
    [InlineData(8_193, 8_192)]
    public async Task A_picture_of_too_many_dots_is_refused_by_its_header(int width, int height)
    {
        var refusal = await ReadAsync(Png(width, height, new byte[64]));

        Assert.Equal(UnreadableReason.TooLarge, refusal.Reason);
        Assert.Equal(RemarkCode.PictureTooLarge, Assert.Single(refusal.Advice).Code);
    }

    [Fact]
    public async Task A_picture_that_unpacks_a_thousandfold_stays_within_its_bounds()
    {
        var bomb = Png(8_000, 8_000, new byte[8_001 * 8_000]);

        var refusal = await ReadAsync(bomb);

        Assert.True(bomb.Length < 64_001_000 / 900, $"{bomb.Length} bytes");
        Assert.Equal("recognition", refusal.Reader);
        Assert.Equal(RemarkCode.NothingRecognized, Assert.Single((await ReadAsync(Blank())).Advice).Code);
    }

    [Fact]
    public async Task A_picture_that_is_cut_anywhere_or_lies_of_its_size_is_refused_and_the_next_is_read()
    {
        var whole = Blank();
        byte[][] files =
        [
            .. Enumerable.Range(1, 9).Select(tenth => whole[..(whole.Length * tenth / 10)]),
            Png(0, 0, new byte[64]),
            Png(-1, 5, new byte[64]),
            Png(5_000, 5_000, new byte[64]),
            Png(8, 8, new byte[1 << 20]),
            [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x2C],
            [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 0x11, 0, 0xFF, 0xD9],
            Circular(),
        ];

        foreach (var file in files)
        {
            var refusal = await ReadAsync(file);

            Assert.NotEmpty(refusal.Advice);
            Assert.DoesNotContain(refusal.Advice, remark => remark.Code is RemarkCode.ProcessEnded);
        }

        Assert.Equal(RemarkCode.NothingRecognized, Assert.Single((await ReadAsync(whole)).Advice).Code);
    }

    private static byte[] Blank() => Png(400, 300, [.. Enumerable.Repeat((byte)255, 401 * 300)]);

    // Grey, 8 bits a dot; each row begins with the number of its filter.
    private static byte[] Png(int width, int height, byte[] rows)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        for (var row = 0; width > 0 && row < rows.Length; row += width + 1)
        {
            rows[row] = 0;
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n\u001a\n"u8]);
        Chunk("IHDR"u8, header);
        Chunk("IDAT"u8, packed.ToArray());
        Chunk("IEND"u8, []);
        return file.ToArray();

        void Chunk(ReadOnlySpan<byte> name, byte[] content)
        {
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
            file.Write(number);
            file.Write(name);
            file.Write(content);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc([.. name, .. content]));
            file.Write(number);
        }
    }

    // ISO 3309, as PNG has it.
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1;
            }
        }

        return ~crc;
    }

    // TIFF of one dot whose directory names itself as the next.
    private static byte[] Circular()
    {
        (int Tag, int Value)[] entries =
            [(256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 0), (277, 1), (278, 1), (279, 1)];
        using var file = new MemoryStream();
        file.Write([(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, (byte)entries.Length, 0]);
        foreach (var (tag, value) in entries)
        {
            file.Write([(byte)tag, (byte)(tag >> 8), 4, 0, 1, 0, 0, 0, (byte)value, (byte)(value >> 8), 0, 0]);
        }

        file.Write([8, 0, 0, 0]);
        return file.ToArray();
    }

    private async Task<Unreadable> ReadAsync(byte[] content)
    {
        var found = await RecognitionPrograms.FindAsync(new RecognitionOptions(), Stop);
        Assert.SkipWhen(found.Packages.Count > 0, $"not installed: {string.Join(' ', found.Packages)}");
        var outcome = await _recognizer.RecognizeAsync(
            content,
            "page",
            new Unreadable(UnreadableReason.NeedsRecognition, "image", new Remark(RemarkCode.FileIsPicture)),
            ReadLimits.Default,
            Stop);
        return Assert.IsType<Unreadable>(outcome);
    }
}
