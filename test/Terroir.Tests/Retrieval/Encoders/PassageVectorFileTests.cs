using System.Buffers.Binary;
using System.Security.Cryptography;
using CsCheck;
using Terroir.Retrieval.Encoders;
using Terroir.Retrieval.Vectors;
using Terroir.Tests.Catalog;

namespace Terroir.Tests.Retrieval.Encoders;

public sealed class PassageVectorFileTests
{
    private static readonly EncoderName Encoder = new("léger", ContentHash.Of("card"u8));

    // By content, then by id; the first has no passage.
    private static (UInt128 Number, UInt128 Content, float[][] Vectors)[] Three =>
    [
        ((UInt128)9 << 64, 8, [[0, 0, 2]]),
        (7, 8, [[1, 0, 0], [0, -0.5f, 0.25f]]),
        (1, 5, []),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_golden_file_is_written_as_it_was() =>
        Assert.Equal(GoldenFile.Read("passage-vectors", "1", "three-documents.tepv"), Write(isInForce: true, Three));

    [Fact]
    public void The_golden_file_is_read_as_it_was()
    {
        var file = PassageVectorFile.Read(GoldenFile.Read("passage-vectors", "1", "three-documents.tepv"), "golden");
        using var block = file.OpenBlock();
        Assert.Equal((Encoder, true, 3), (file.Encoder, file.IsInForce, block.Format.Dimensions));
        Assert.Equal(
            [new(1, 5, 0, 0), new(7, 8, 0, 2), new((UInt128)9 << 64, 8, 2, 1)],
            file.Documents);
        var rows = Enumerable.Range(0, block.Count).ToDictionary(block.Number);
        float[][] vectors = [[1, 0, 0], [0, -0.5f, 0.25f], [0, 0, 2]];
        Assert.Equal(vectors, Enumerable.Range(0, 3).Select(number => block.Vector(rows[number]).ToArray()));
        var hit = Assert.Single(block.Search([0, 0, 1], 1, allowed: null, VectorSearchMode.Exact));
        Assert.Equal((2, 2f), (hit.Number, hit.Score));
    }

    [Fact]
    public void A_golden_file_that_is_cut_or_has_a_changed_bit_is_refused()
    {
        var bytes = GoldenFile.Read("passage-vectors", "1", "three-documents.tepv");
        Gen.Int[0, (bytes.Length * 8) - 1].Sample(bit =>
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(Assert.ThrowsAny<TerroirException>(() => Open(changed)).Code is "TER5003" or "TER2001");
            Assert.Equal("TER5003", Assert.ThrowsAny<TerroirException>(() => Open(bytes[..(bit / 8)])).Code);
        }, iter: 2_000, threads: 1);
    }

    [Fact]
    public void What_was_written_is_read_whatever_the_order_it_came_in() =>
        Gen.Select(Gen.Int[0, 5].Array[1, 12], Gen.Int[0, 1_000], Gen.Bool).Sample((counts, seed, isInForce) =>
        {
            var random = new Random(seed);
            var documents = counts.Select((count, number) => (
                Number: (UInt128)number << 64,
                Content: (UInt128)random.NextInt64(),
                Vectors: Enumerable.Range(0, count)
                    .Select(_ => new[] { random.NextSingle(), random.NextSingle(), random.NextSingle() })
                    .ToArray())).ToArray();
            var bytes = Write(isInForce, documents);
            Assert.Equal(bytes, Write(isInForce, [.. documents.Reverse()]));
            if (bytes is null)
            {
                Assert.Equal(0, counts.Sum());
                return;
            }

            var file = PassageVectorFile.Read(bytes, "test");
            using var block = file.OpenBlock();
            Assert.Equal((Encoder, isInForce), (file.Encoder, file.IsInForce));
            Assert.Equal(counts.Sum(), block.Count);
            var rows = Enumerable.Range(0, block.Count).ToDictionary(block.Number);
            foreach (var (number, content, vectors) in documents)
            {
                var found = file.Documents.Single(document => document.Number == number);
                Assert.Equal((content, vectors.Length), (found.Content, found.Count));
                Assert.Equal(
                    vectors,
                    Enumerable.Range(found.First, found.Count).Select(at => block.Vector(rows[at]).ToArray()));
            }
        });

    [Fact]
    public void A_file_that_is_cut_or_changed_anywhere_is_refused()
    {
        var bytes = Write(isInForce: true, (7, 8, [[1, 0, 0], [0, 1, 0]]), (9, 10, [[0, 0, 1]]))!;
        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 4;
            Assert.ThrowsAny<TerroirException>(() => Open(changed));
            Assert.ThrowsAny<TerroirException>(() => Open(bytes[..at]));
        }
    }

    [Theory]
    [InlineData(8, int.MaxValue)]
    [InlineData(8, -1)]
    [InlineData(8, 1)]
    [InlineData(12, 4)]
    [InlineData(16, 256)]
    [InlineData(16, -1)]
    [InlineData(64 + 32, -1)]
    [InlineData(64 + 32, int.MaxValue)]
    public void Counts_that_cannot_be_are_refused_under_a_right_checksum(int at, int value)
    {
        var bytes = Write(isInForce: true, (7, 8, [[1, 0, 0], [0, 1, 0]]), (9, 10, [[0, 0, 1]]))!;
        var blockAt = (int)PassageVectorFile.BlockStart(2, "léger"u8.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
        SHA256.HashData(bytes.AsSpan(..(blockAt - 32)), bytes.AsSpan(blockAt - 32));

        Assert.Throws<BlobCorruptException>(() => PassageVectorFile.Read(bytes, "test"));
    }

    private static void Open(byte[] bytes)
    {
        using var block = PassageVectorFile.Read(bytes, "test").OpenBlock();
    }

    private static byte[]? Write(
        bool isInForce,
        params (UInt128 Number, UInt128 Content, float[][] Vectors)[] documents)
    {
        var builder = new PassageVectorBuilder(Encoder, 3, isInForce);
        foreach (var (number, content, vectors) in documents)
        {
            builder.Add(number, content, vectors);
        }

        return builder.Build(Stop)?.Content.ToArray();
    }
}
