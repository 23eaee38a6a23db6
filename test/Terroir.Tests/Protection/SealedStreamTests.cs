using CsCheck;
using Terroir.Protection;
using Terroir.Storage;

namespace Terroir.Tests.Protection;

public sealed class SealedStreamTests
{
    private const int Chunk = SealedContent.ChunkSizeBytes;

    private static readonly byte[] KeyId = [.. Enumerable.Repeat((byte)7, SealedStream.KeyIdSizeBytes)];
    private static readonly byte[] Leaf = [.. Enumerable.Repeat((byte)8, KeyTree.LeafSizeBytes)];
    private static readonly byte[] LeafKey = [.. Enumerable.Repeat((byte)9, KeyTree.KeySizeBytes)];

    public static TheoryData<int> Sizes => [0, 1, 100, Chunk - 1, Chunk, Chunk + 1, (3 * Chunk) - 1, 3 * Chunk];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void What_was_sealed_opens_and_has_the_size_that_was_told(int size)
    {
        var content = Bytes(size);

        var stored = Seal(content);

        Assert.Equal(SealedContent.SizeOf(size), stored.Length);
        Assert.True(SealedStream.IsWhole(stored));
        Assert.Equal(content, SealedStream.Open(stored, LeafKey));
    }

    [Fact]
    public void The_same_content_is_sealed_to_other_bytes_each_time() =>
        Assert.NotEqual(Seal(Bytes(100)), Seal(Bytes(100)));

    [Fact]
    public void A_single_changed_bit_is_refused_wherever_it_is() =>
        Gen.Select(Gen.Int[0, 2 * Chunk], Gen.Double.Unit, Gen.Int[0, 7]).Sample(
            (size, place, bit) =>
            {
                var stored = Seal(Bytes(size));
                stored[(int)(place * (stored.Length - 1))] ^= (byte)(1 << bit);

                Assert.True(!SealedStream.IsWhole(stored) || SealedStream.Open(stored, LeafKey) is null);
            },
            iter: 200);

    [Fact]
    public void Content_that_was_cut_or_prolonged_is_refused() =>
        Gen.Select(Gen.Int[1, 3 * Chunk], Gen.Int[0, 3 * Chunk]).Sample(
            (size, length) =>
            {
                var stored = Seal(Bytes(size));
                var other = stored.AsSpan(0, Math.Min(length, stored.Length - 1)).ToArray();

                Assert.True(!SealedStream.IsWhole(other) || SealedStream.Open(other, LeafKey) is null);
                Assert.Null(SealedStream.Open([.. stored, .. new byte[16]], LeafKey));
            },
            iter: 100);

    [Fact]
    public void Content_that_ends_with_a_whole_chunk_less_is_refused()
    {
        var stored = Seal(Bytes(2 * Chunk));

        Assert.Null(SealedStream.Open(stored.AsSpan(0, stored.Length - Chunk - SealedContent.TagSizeBytes), LeafKey));
    }

    [Fact]
    public void Chunks_that_changed_places_are_refused()
    {
        var stored = Seal(Bytes(3 * Chunk));
        const int Stride = Chunk + SealedContent.TagSizeBytes;
        var first = stored.AsSpan(SealedContent.HeaderSizeBytes, Stride).ToArray();
        stored.AsSpan(SealedContent.HeaderSizeBytes + Stride, Stride)
            .CopyTo(stored.AsSpan(SealedContent.HeaderSizeBytes));
        first.CopyTo(stored.AsSpan(SealedContent.HeaderSizeBytes + Stride));

        Assert.Null(SealedStream.Open(stored, LeafKey));
    }

    [Fact]
    public void The_key_of_another_leaf_opens_nothing() =>
        Assert.Null(SealedStream.Open(Seal(Bytes(10)), new byte[KeyTree.KeySizeBytes]));

    private static byte[] Seal(byte[] content) => SealedStream.Seal(KeyId, Leaf, LeafKey, content);

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }
}
